package dev.backstop.reconcile;

import dev.backstop.observation.ClockJumps;
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

  /** Returns the term for a clock that only ever ran. */
  public static LeaseTerm steady(Instant now, Duration length) {
    return new LeaseTerm(now, length, ClockJumps.NONE);
  }

  /** Returns when a lease ends that is taken now. */
  public Instant end() {
    return now.plus(length);
  }

  /**
   * Tells whether somebody else's lease lasts still.
   *
   * <p>A clock that was put forward ends none early. One that ends later than any can that was
   * taken within its length is from before a clock went back.
   *
   * @param until when it ends, by the clock as it went when it was taken
   */
  public boolean covers(Instant until) {
    Instant latest = jumps.latest(length, now).plus(length).plus(SteadyClock.APART);
    return jumps.unhurried(length, now).isBefore(until) && !until.isAfter(latest);
  }
}
