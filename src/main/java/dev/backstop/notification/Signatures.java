package dev.backstop.notification;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes the signatures that receivers ask for. */
final class Signatures {

  private static final String ALGORITHM = "HmacSHA256";

  private Signatures() {}

  /**
   * Returns the signature of DingTalk: the secret signs timestamp and secret.
   *
   * @param at to the millisecond
   */
  static String dingtalk(Instant at, String secret) {
    return hmac(secret, at.toEpochMilli() + "\n" + secret);
  }

  /**
   * Returns the signature of Feishu: timestamp and secret are the key, and sign nothing.
   *
   * @param at to the second
   */
  static String feishu(Instant at, String secret) {
    return hmac(at.getEpochSecond() + "\n" + secret, "");
  }

  /** Returns the HMAC-SHA256 of a text in base64. */
  static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      // A key of no byte is refused, and signs like one byte 0.
      byte[] bytes = key.isEmpty() ? new byte[1] : key.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
