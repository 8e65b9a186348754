package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.plan.State;
import dev.backstop.state.Report;
import dev.backstop.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Says what keeps recorded looks from being recent: a daemon that is gone or late. */
final class DaemonHealth {

  /** A look that waits for a slow server is late by less. */
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  private DaemonHealth() {}

  /** Returns what is wrong, in one line; empty where nothing is. */
  static String words(DaemonStatus daemon, Settings settings, List<Report> reports, Instant now) {
    return switch (daemon.answer()) {
      case OURS -> overdue(reports, now);
      case NONE ->
          "No daemon works on the state store: nothing is looked at or stopped until one is"
              + " started (backstop run); what follows is what was seen last.";
      case ANOTHERS ->
          "No daemon of %s works on the state store, but %s does: is that the right --conf?"
              .formatted(settings.file(), daemon.words());
      case UNKNOWN ->
          "Whether a daemon works on the state store can't be told: " + daemon.words() + ".";
    };
  }

  private static String overdue(List<Report> reports, Instant now) {
    List<Report> late = reports.stream().filter(report -> isLate(report, now)).toList();
    if (late.isEmpty()) {
      return "";
    }
    Duration longest =
        late.stream()
            .map(report -> lateness(report, now))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return late.size() == 1
        ? "The look at %s is overdue by %s; what follows of it is what was seen last."
            .formatted(late.get(0).cluster(), Durations.spaced(longest))
        : "The looks at %s clusters are overdue, by up to %s; what follows of them is what was seen last."
            .formatted(late.size(), Durations.spaced(longest));
  }

  private static boolean isLate(Report report, Instant now) {
    return report.plan().kinds().stream().anyMatch(kind -> kind.state() != State.UNMANAGED)
        && lateness(report, now).compareTo(TOLERANCE) > 0;
  }

  private static Duration lateness(Report report, Instant now) {
    Instant due = report.nextRun();
    return due == null ? Duration.ZERO : Duration.between(due, now);
  }
}
