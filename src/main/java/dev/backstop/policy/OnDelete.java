package dev.backstop.policy;

import java.util.Locale;

/**
 * What the deletion of a policy's file means; kept with the policy, so it holds once the file is
 * gone.
 */
public enum OnDelete {
  /** Off for what the policy covered, until proven. */
  STOP,
  /** Held until a person approves it or drops it. */
  HOLD,
  /** Dropped; nothing is stopped for it. */
  FORGET;

  /** Returns the word used in policy files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
