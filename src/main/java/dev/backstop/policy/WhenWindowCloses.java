package dev.backstop.policy;

import java.util.Locale;

/** What becomes of a job that runs when its backup window closes. */
public enum WhenWindowCloses {
  /** It is stopped. */
  STOP,
  /** What was seen running by then may end by itself; the continuous archive is stopped. */
  FINISH;

  /** Returns the word used in policy files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
