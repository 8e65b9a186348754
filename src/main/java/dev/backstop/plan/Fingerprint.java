package dev.backstop.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digest of a text that is kept only to be compared. */
final class Fingerprint {

  /** The longest text that is remembered as it is, so that people can read it. */
  private static final int LONGEST = 1_000;

  private Fingerprint() {}

  /** Returns the text itself, or its SHA-256 where it is long. */
  static String of(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256 " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
