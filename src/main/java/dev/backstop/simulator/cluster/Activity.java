package dev.backstop.simulator.cluster;

import java.time.Instant;

/** Does things by itself as time passes. */
interface Activity {

  /** Tells when it acts next; {@link Instant#MAX} when nothing is due. */
  Instant next();

  /** Acts at that instant, which is the one that {@link #next} told. */
  void run(Instant at);
}
