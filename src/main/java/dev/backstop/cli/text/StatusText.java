package dev.backstop.cli.text;

import dev.backstop.command.Overview;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.State;
import dev.backstop.state.Report;
import dev.backstop.status.Condition;
import dev.backstop.status.StatusSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Formats what is on record: the sum, what is wrong with the daemon, clusters with a problem in
 * full and worst first, one line for each that is fine, then policies, holds and disarmings.
 *
 * @param colours whether words stand out
 * @param isVerbose whether what is fine is shown in full, too
 */
public record StatusText(boolean colours, boolean isVerbose) {

  /** Returns the lines. */
  public List<String> lines(Overview overview, Instant now) {
    HeldText held = new HeldText(colours);
    List<String> lines = new ArrayList<>();
    lines.add(TextStyle.STRONG.paint(StatusSummary.line(overview.reports()), colours));
    if (!overview.daemon().isEmpty()) {
      lines.add(TextStyle.BAD.paint(overview.daemon(), colours));
    }
    if (!overview.awaitingStart().isEmpty()) {
      lines.add(
          "%s in the configuration: taken over at the next start of the daemon, which keeps the old value until then"
              .formatted(String.join(", ", overview.awaitingStart())));
    }
    lines.addAll(clusters(overview.reports(), now));
    if (overview.reports().isEmpty()) {
      lines.add("No look is recorded yet; start 'backstop run', or look now with 'backstop plan'.");
    }
    lines.addAll(held.policies(overview, isVerbose));
    lines.addAll(held.unread(overview.unread()));
    lines.addAll(held.held(overview.held()));
    lines.addAll(held.disarmed(overview.disarmings()));
    return lines;
  }

  private List<String> clusters(List<Report> reports, Instant now) {
    PlanText text = new PlanText(colours);
    List<String> lines = new ArrayList<>();
    Table fine = new Table("");
    List<Report> worstFirst =
        reports.stream().sorted(Comparator.comparing(report -> Condition.of(report))).toList();
    for (Report report : worstFirst) {
      if (isVerbose || !Condition.of(report).isFine()) {
        lines.addAll(text.recorded(report, now));
      } else {
        fine.row(
            Cell.of(report.cluster(), TextStyle.STRONG),
            states(report),
            Cell.of(Condition.of(report) == Condition.UNMANAGED ? "" : text.age(report, now)));
      }
    }
    lines.addAll(fine.lines(colours));
    return lines;
  }

  /** Returns the states of both kinds, once where they are the same. */
  private static Cell states(Report report) {
    List<KindPlan> kinds = report.plan().kinds();
    TextStyle style = TextStyle.of(kinds.isEmpty() ? State.UNMANAGED : kinds.get(0).state());
    return kinds.stream().map(KindPlan::state).distinct().count() == 1
        ? Cell.of(kinds.get(0).state().name(), style)
        : Cell.of(
            kinds.stream()
                .map(kind -> kind.kind().word() + " " + kind.state())
                .collect(Collectors.joining(", ")),
            style);
  }
}
