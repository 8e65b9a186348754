package dev.backstop.policy;

import java.util.Locale;

/** Whether a kind of secondary backup is permitted or must not run. */
public enum Desired {
  /** Permitted: Backstop never starts it and leaves it alone. */
  ON,
  /** Must not run. */
  OFF;

  /** Returns the word used in policy files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
