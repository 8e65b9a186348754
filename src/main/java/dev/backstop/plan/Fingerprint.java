package dev.backstop.plan;

import dev.backstop.policy.Sha256;

/** Digest of a text that is kept only to be compared. */
final class Fingerprint {

  /** The longest text that is remembered as it is, so that people can read it. */
  private static final int LONGEST = 1_000;

  private Fingerprint() {}

  /** Returns the text itself, or its SHA-256 where it is long. */
  static String of(String text) {
    return text.length() <= LONGEST ? text : "sha256 " + Sha256.hexOf(text);
  }
}
