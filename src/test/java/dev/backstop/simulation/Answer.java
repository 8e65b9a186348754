package dev.backstop.simulation;

/** Answers a question of which the referee may not know enough. */
enum Answer {
  YES,
  NO,
  MAYBE;

  static Answer of(boolean isSo) {
    return isSo ? YES : NO;
  }

  boolean is(Leaning leaning) {
    return this == YES || (this == MAYBE && leaning == Leaning.POSSIBLY);
  }

  Answer not() {
    return this == MAYBE ? MAYBE : of(this == NO);
  }

  /** Returns whether both are so. */
  Answer and(Answer other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES && other == YES ? YES : MAYBE;
  }

  /** Returns whether one of them is so. */
  Answer or(Answer other) {
    return not().and(other.not()).not();
  }
}
