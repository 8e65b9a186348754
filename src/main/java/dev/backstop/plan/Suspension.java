package dev.backstop.plan;

/** The reasons for which an off does not forbid a job that it covers. */
public enum Suspension {
  /** The deletion waits for a person. */
  HELD,
  /** The edit waits for a person, because too many clusters would be stopped at once. */
  BUDGET,
  /** The policy's file is broken. */
  BROKEN,
  /** The policy's file still changes. */
  UNSETTLED,
  /** The policy, the configuration or a missing {@code expect} only observes. */
  OBSERVED,
  /** The deletion has not taken effect yet. */
  GRACE
}
