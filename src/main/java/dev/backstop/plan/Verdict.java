package dev.backstop.plan;

import java.util.Locale;

/** What the policies say of a running job. */
public enum Verdict {
  /** Not wanted, and an enforcing policy or a deletion in effect says off for it. */
  FORBIDDEN,
  /** A policy says on for it. */
  WANTED,
  /** Neither. */
  UNCOVERED;

  /** Returns the word used in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
