package dev.backstop.plan;

import java.util.EnumSet;

/** Makes planners that lack a guard, for tests in other rooms. */
public final class Unguarded {

  private Unguarded() {}

  /** Returns a planner with every guard but this one. */
  public static Planner without(Guard guard) {
    return new Planner(EnumSet.complementOf(EnumSet.of(guard)));
  }
}
