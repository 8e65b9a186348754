package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the time that a daemon was there to watch: no more than any timeline has counted. */
final class WatchedTime {

  private final VirtualTime time;
  private Instant noted;
  private Duration unwatched = Duration.ZERO;

  /** The latest one first. */
  private final Deque<Gap> gaps = new ArrayDeque<>();

  private record Gap(Instant end, Duration length) {}

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
    Duration gap = Duration.between(noted, time.now());
    unwatched = unwatched.plus(gap);
    gaps.push(new Gap(time.now(), gap));
    noted = time.now();
  }

  /** Returns how much time was watched until now. */
  Duration until() {
    return Duration.between(World.START, time.now()).minus(unwatched);
  }

  /** Returns since when so much time was watched until a moment. */
  Instant before(Instant moment, Duration watchedTime) {
    Instant from = moment.minus(watchedTime);
    for (Gap gap : gaps) {
      if (gap.end().isAfter(from) && !gap.end().isAfter(moment)) {
        from = from.minus(gap.length());
      }
    }
    return from;
  }
}
