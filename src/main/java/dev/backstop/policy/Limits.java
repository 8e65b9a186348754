package dev.backstop.policy;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable limits of an on, outside of which a policy says off by its own authority. A kind that
 * is off has none of them.
 *
 * @param window when jobs are permitted; null for always
 * @param whenWindowCloses what becomes of a job that runs then
 * @param maxRuntime how long a job may run; null for ever
 * @param destinations where jobs may write to; empty for anywhere
 */
public record Limits(
    @Nullable BackupWindow window,
    WhenWindowCloses whenWindowCloses,
    @Nullable Duration maxRuntime,
    List<DestinationPattern> destinations) {

  /** Whatever runs is permitted. */
  public static final Limits NONE = new Limits(null, WhenWindowCloses.STOP, null, List.of());

  /** Copies the list; without a window nothing closes. */
  public Limits {
    destinations = List.copyOf(destinations);
    whenWindowCloses = window == null ? WhenWindowCloses.STOP : whenWindowCloses;
  }

  /** Returns whether there is no limit. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Returns whether what is known of a job, besides the time, decides whether it is permitted. */
  public boolean isOfJobs() {
    return maxRuntime != null || !destinations.isEmpty();
  }

  /** Returns whether a job that was seen when the window closed may end by itself. */
  public boolean lettingFinish() {
    return window != null && whenWindowCloses == WhenWindowCloses.FINISH;
  }

  /** Returns the limits as a fingerprint has them; empty for none. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" ");
    if (window != null) {
      text.add("window [" + window + "] " + whenWindowCloses.name());
    }
    if (maxRuntime != null) {
      text.add("runtime " + maxRuntime);
    }
    if (!destinations.isEmpty()) {
      text.add(
          destinations.stream()
              .map(DestinationPattern::toString)
              .collect(Collectors.joining(", ", "destinations [", "]")));
    }
    return text.toString();
  }
}
