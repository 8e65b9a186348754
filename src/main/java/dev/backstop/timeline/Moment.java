package dev.backstop.timeline;

import dev.backstop.observation.ClockJumps;
import java.time.Instant;

/**
 * Is what the clock shows, together with the jumps that it is known to have made until then. Read
 * apart, a jump in between would be taken for time that has passed.
 *
 * @param now what it shows
 * @param jumps its jumps until now
 */
public record Moment(Instant now, ClockJumps jumps) {

  /** Returns an instant that was noted before as the clock goes now. */
  public Instant present(Instant noted) {
    return jumps.present(noted, now);
  }
}
