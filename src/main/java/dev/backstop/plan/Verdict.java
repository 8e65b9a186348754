package dev.backstop.plan;

import java.util.Locale;

/** Says how a running job stands to the policies. */
public enum Verdict {
  /** Not wanted, and an enforcing policy or a counted deletion says off for it. */
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
