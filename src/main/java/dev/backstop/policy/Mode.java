package dev.backstop.policy;

import java.util.Locale;

/** Whether a policy may act. */
public enum Mode {
  /** Sends what its wish needs. */
  ENFORCE,
  /** Looks, plans and records, never sends. */
  OBSERVE;

  /** Returns the word used in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
