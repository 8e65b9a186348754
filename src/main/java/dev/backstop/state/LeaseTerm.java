package dev.backstop.state;

import dev.backstop.observation.ClockJumps;
import dev.backstop.timeline.SteadyClock;
import java.time.Duration;
import java.time.Instant;

/**
 * Says how long leases last by the clock of whoever asks for one.
 *
 * @param now the instant of asking
 * @param length how long nobody else may act on the cluster from now on
 * @param jumps how that clock jumped
 */
public record LeaseTerm(Instant now, Duration length, ClockJumps jumps) {

  /** Returns when a lease ends that is taken now. */
  public Instant end() {
    return now.plus(length);
  }

  /**
   * Tells whether somebody else's lease of the same length lasts still.
   *
   * <p>It lasts for as long after a jump of the clock as before. One that was taken in the future
   * is from before a jump back that nobody saw.
   *
   * @param until when it ends, by the clock as it went when it was taken
   */
  public boolean covers(Instant until) {
    Instant taken = jumps.present(until.minus(length), now);
    return now.isBefore(taken.plus(length)) && !taken.isAfter(now.plus(SteadyClock.APART));
  }
}
