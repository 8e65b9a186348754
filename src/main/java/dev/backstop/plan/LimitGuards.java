package dev.backstop.plan;

import dev.backstop.text.Durations;
import dev.backstop.text.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks for guards that hold back a statement which a limit asks for. */
final class LimitGuards {

  private LimitGuards() {}

  static Optional<Veto> clockDisagrees(KindInput kind) {
    List<JobVerdict> jobs = kind.jobs(job -> job.isForbidden() && !job.closedWindows().isEmpty());
    VerdictContext context = VerdictContext.of(kind.input());
    if (jobs.isEmpty() || context.doClocksAgree()) {
      return Optional.empty();
    }
    List<LimitBreach> windows = jobs.stream().flatMap(job -> job.closedWindows().stream()).toList();
    Instant server = kind.input().observation().serverTime();
    String why =
        server == null
            ? "the server's clock can't be read"
            : "the server's clock shows %s, %s away from this host's"
                .formatted(
                    Times.utc(server), Durations.spaced(context.clocksApart().orElseThrow()));
    return Optional.of(
        Veto.of(
            State.BLOCKED,
            ReasonCode.CLOCK_DISAGREES,
            KindInput.run(jobs) + LimitStates.words(windows) + ", but " + why,
            "set the clocks of both hosts, by NTP; it goes on once they agree within 5 min"));
  }
}
