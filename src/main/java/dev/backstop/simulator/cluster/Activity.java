package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.List;

/** Does things by itself as time passes. */
interface Activity {

  /** Tells when it acts next; {@link Instant#MAX} when nothing is due. */
  Instant next();

  /** Acts at that instant, which is the one that {@link #next} told. */
  void run(Instant at);

  /** Returns the one that is due first, of several the first listed. */
  static Activity first(List<Activity> all) {
    Activity first = all.get(0);
    for (Activity each : all) {
      if (each.next().isBefore(first.next())) {
        first = each;
      }
    }
    return first;
  }
}
