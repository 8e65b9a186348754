package dev.backstop.simulation;

import java.util.function.Supplier;

/** Counts the calls by which the daemon leaves its process, and lets it die at any of them. */
final class Doors {

  private int untilCrash;

  /** Lets the daemon die at the n-th passage from now on; 1 is the next, 0 takes it back. */
  void crashAt(int nth) {
    untilCrash = nth;
  }

  /** Tells whether it is to die at one of the next passages. */
  boolean isCrashDue() {
    return untilCrash > 0;
  }

  /** Makes a call; it may die before it or, with all of it done, after it. */
  <T> T through(String door, Supplier<T> call) {
    pass(door, "before");
    T result = call.get();
    pass(door, "after");
    return result;
  }

  /** Passes one side of a door. */
  void pass(String door, String side) {
    if (untilCrash > 0 && --untilCrash == 0) {
      throw new Crash(side + " " + door);
    }
  }
}
