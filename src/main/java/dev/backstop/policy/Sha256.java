package dev.backstop.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests as hexadecimal digits, of which a caller keeps as many as it needs. */
public final class Sha256 {

  private Sha256() {}

  /** Returns the 64 digits of the digest of bytes. */
  public static String hexOf(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns the 64 digits of the digest of a text in UTF-8. */
  public static String hexOf(String text) {
    return hexOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
