package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;

/** Counts the time that a daemon was there to watch: no more than any timeline has counted. */
final class WatchedTime {

  private final VirtualTime time;
  private Instant noted;
  private Duration unwatched = Duration.ZERO;

  WatchedTime(VirtualTime time) {
    this.time = time;
    this.noted = time.now();
  }

  /** A process has written down how far its timeline has come. */
  void noted(Instant at) {
    noted = at.isAfter(noted) ? at : noted;
  }

  /** A process begins, and goes on from the last note. */
  void began() {
    unwatched = unwatched.plus(Duration.between(noted, time.now()));
    noted = time.now();
  }

  /** Returns how much time was watched until now. */
  Duration until() {
    return Duration.between(World.START, time.now()).minus(unwatched);
  }
}
