package dev.backstop.timeline;

import java.time.Clock;

/** Reads the timeline and the wall clock together. Thread-safe. */
public final class Clocks {

  private final Timeline timeline;
  private final Clock wall;
  private final ElapsedTime elapsed;

  /** Reads a timeline, a wall clock and this host's elapsed time. */
  public Clocks(Timeline timeline, Clock wall) {
    this(timeline, wall, ElapsedTime.OF_HOST);
  }

  /** Reads a timeline, a wall clock and an elapsed time. */
  public Clocks(Timeline timeline, Clock wall, ElapsedTime elapsed) {
    this.timeline = timeline;
    this.wall = wall;
    this.elapsed = elapsed;
  }

  /** Returns the timeline's present instant. */
  public TimelineInstant now() {
    return timeline.now();
  }

  /** Returns the wall clock. */
  public Clock wall() {
    return wall;
  }

  /** Reads all clocks. */
  public ClockReading read() {
    return new ClockReading(timeline.now(), wall.instant(), elapsed.read());
  }
}
