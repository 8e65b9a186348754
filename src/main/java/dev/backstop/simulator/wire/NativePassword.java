package dev.backstop.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Checks proofs of mysql_native_password, in which the password itself is never sent. */
final class NativePassword {

  static final String PLUGIN = "mysql_native_password";
  static final int CHALLENGE_LENGTH = 20;

  private NativePassword() {}

  /** Returns printable random bytes: a zero byte would end the challenge early. */
  static byte[] challenge(SecureRandom random) {
    byte[] challenge = new byte[CHALLENGE_LENGTH];
    for (int i = 0; i < challenge.length; i++) {
      challenge[i] = (byte) (33 + random.nextInt(94));
    }
    return challenge;
  }

  /** Tells whether a proof shows knowledge of the password; an empty one needs an empty proof. */
  static boolean matches(byte[] proof, byte[] challenge, String password) {
    if (password.isEmpty()) {
      return proof.length == 0;
    }
    byte[] once = sha1(password.getBytes(StandardCharsets.UTF_8));
    byte[] mask = sha1(challenge, sha1(once));
    byte[] expected = new byte[once.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (once[i] ^ mask[i]);
    }
    return MessageDigest.isEqual(expected, proof);
  }

  private static byte[] sha1(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every Java runtime", e);
    }
  }
}
