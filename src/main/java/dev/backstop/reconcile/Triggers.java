package dev.backstop.reconcile;

import dev.backstop.policy.Schedule;
import java.time.Instant;

/**
 * Port that arranges the next look at a cluster; the only place where time makes something happen.
 */
public interface Triggers {

  /** Asks for a look at that instant, or now where it has passed; replaces an earlier request. */
  void at(String cluster, Instant when);

  /** Takes the request for a cluster back. */
  void cancel(String cluster);

  /** Returns the first instant after one at which a schedule fires. */
  Instant next(Schedule schedule, Instant after);
}
