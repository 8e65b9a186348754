package dev.backstop.plan;

import dev.backstop.text.Durations;
import dev.backstop.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks for guards that hold back a statement which a limit asks for. */
final class LimitGuards {

  /** So far apart the daemon's and the server's clock may be. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** No look takes longer; a plan may be of a later time. */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

  private LimitGuards() {}

  static Optional<Veto> clockDisagrees(KindInput kind) {
    List<JobVerdict> jobs = kind.jobs(job -> job.isForbidden() && !job.closedWindows().isEmpty());
    Instant server = kind.input().observation().serverTime();
    Duration apart = server == null ? null : apart(kind, server);
    if (jobs.isEmpty() || (apart != null && apart.compareTo(TOLERANCE) <= 0)) {
      return Optional.empty();
    }
    List<LimitBreach> windows = jobs.stream().flatMap(job -> job.closedWindows().stream()).toList();
    String why =
        server == null || apart == null
            ? "the server's clock can't be read"
            : "the server's clock shows %s, %s away from this host's"
                .formatted(Times.utc(server), Durations.spaced(apart));
    return Optional.of(
        Veto.of(
            State.BLOCKED,
            ReasonCode.CLOCK_DISAGREES,
            KindInput.run(jobs) + LimitStates.words(windows) + ", but " + why,
            "set the clocks of both hosts, by NTP; it goes on once they agree within 5 min"));
  }

  /** Returns how far the server's clock is from any time that this host's showed at the look. */
  private static Duration apart(KindInput kind, Instant server) {
    Instant began = kind.input().observation().at();
    Instant latest = began.plus(LONGEST_LOOK);
    Instant now = kind.input().now().wall();
    Instant ended = now.isBefore(latest) ? now : latest;
    Duration before = Duration.between(server, began);
    Duration after = Duration.between(ended, server);
    Duration farther = before.compareTo(after) > 0 ? before : after;
    return farther.isNegative() ? Duration.ZERO : farther;
  }
}
