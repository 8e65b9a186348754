package dev.backstop.timeline;

import dev.backstop.observation.ClockJumps;
import dev.backstop.observation.ClockJumps.Jump;
import dev.backstop.text.Durations;
import dev.backstop.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the time of day, and notices when it is put forward or back: by comparing it, at every
 * reading, with the time that has passed. Safe for use by several threads.
 */
public final class SteadyClock extends Clock {

  /** Less is a clock being corrected gently, or the time between two readings. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  /** So far may the clocks of two daemons on one store be apart. */
  public static final Duration APART = Duration.ofMinutes(1);

  /** Nothing waits for what was noted before so many jumps. */
  private static final int REMEMBERED = 50;

  private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);

  private final Clock wall;
  private final LongSupplier nanos;
  private ClockJumps jumps = ClockJumps.NONE;
  private Instant lastShown;
  private long lastNanos;

  /**
   * Watches a clock.
   *
   * @param nanos the time that has passed since some instant, such as {@link System#nanoTime}
   */
  public SteadyClock(Clock wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.lastShown = wall.instant();
    this.lastNanos = nanos.getAsLong();
  }

  /** Watches a clock by the time that passes for this process. */
  public static SteadyClock of(Clock wall) {
    return new SteadyClock(wall, System::nanoTime);
  }

  /** Returns a clock that is moved by hand, and of which no move is a jump. */
  public static SteadyClock trusting(Clock wall) {
    Instant start = wall.instant();
    return new SteadyClock(wall, () -> Duration.between(start, wall.instant()).toNanos());
  }

  @Override
  public synchronized Instant instant() {
    Instant shown = wall.instant();
    long passed = nanos.getAsLong();
    Instant due = lastShown.plusNanos(passed - lastNanos);
    if (Duration.between(due, shown).abs().compareTo(TOLERANCE) > 0) {
      jumped(new Jump(due, shown, shown.minusNanos(passed - lastNanos)));
    }
    lastShown = shown;
    lastNanos = passed;
    return shown;
  }

  /** Reads the clock, and the jumps noticed until then. */
  public synchronized Moment moment() {
    Instant shown = instant();
    return new Moment(shown, jumps);
  }

  /**
   * Takes note that the clock went back unseen, where something noted lies ahead: before it was
   * watched, or between two readings, after it had been put forward.
   *
   * @param noted what the clock showed some time ago, to this process or another one
   */
  public synchronized void wentBackBehind(Instant noted) {
    Instant now = instant();
    if (jumps.present(noted, now).isAfter(now.plus(APART))) {
      tell(noted, now);
      List<Jump> all = new ArrayList<>(jumps.jumps());
      all.add(0, Jump.unseen(noted, now.minus(jumps.sum())));
      jumps = new ClockJumps(all);
    }
  }

  private void jumped(Jump jump) {
    tell(jump.before(), jump.after());
    List<Jump> all = new ArrayList<>(jumps.jumps());
    all.add(jump);
    jumps = new ClockJumps(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
  }

  private static void tell(Instant before, Instant after) {
    boolean isForward = after.isAfter(before);
    LOG.warn(
        "the clock was put {} by {}, to {}; waits that are under way go on by the time that passes",
        isForward ? "forward" : "back",
        Durations.brief(Duration.between(before, after).abs()),
        Times.utc(after));
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return wall.withZone(zone);
  }
}
