package dev.backstop.simulation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls by which a daemon leaves its process, and lets it die, or something else happen,
 * at any of them.
 */
final class CallPoints {

  private int untilCrash;
  private int untilRace;
  private @Nullable Runnable race;
  private String raced = "";

  /** Lets the daemon die at the n-th passage from now on; 1 is the next, 0 takes it back. */
  void crashAt(int nth) {
    untilCrash = nth;
  }

  /** Lets something happen at the n-th passage from now on, while the daemon stands there. */
  void raceAt(int nth, Runnable what) {
    untilRace = nth;
    race = what;
    raced = "";
  }

  /** Lets something happen right before the next call of that name. */
  void raceBefore(String point, Runnable what) {
    race = what;
    raced = point;
  }

  /** Takes back whatever was to happen. */
  void calm() {
    untilCrash = 0;
    race = null;
  }

  /** Returns whether one of the next passages is to be a special one. */
  boolean isWatched() {
    return untilCrash > 0 || race != null;
  }

  /** Makes a call; it may die before it or, with all of it done, after it. */
  <T> T through(String point, Supplier<T> call) {
    pass(point, true);
    T result = call.get();
    pass(point, false);
    return result;
  }

  /** Passes one side of a call. */
  void pass(String point, boolean before) {
    Runnable what = race;
    boolean isDue = raced.isEmpty() ? --untilRace <= 0 : before && point.equals(raced);
    if (what != null && isDue) {
      race = null;
      what.run();
    }
    if (untilCrash > 0 && --untilCrash == 0) {
      throw new Crash((before ? "before " : "after ") + point);
    }
  }
}
