package dev.backstop.cli;

import dev.backstop.cli.text.HeldText;
import dev.backstop.cli.text.PlanText;
import dev.backstop.command.Overview;
import dev.backstop.state.Report;
import dev.backstop.text.PointInTime;
import dev.backstop.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code plan}: looks at the clusters and shows what would be sent. */
@Command(
    name = "plan",
    description = "Look at the clusters and show what would be sent now, and why; writes nothing")
final class PlanCommand extends Verb {

  @Mixin private ClusterChoice choice = new ClusterChoice();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "How to write the result; default: text")
  private OutputFormat output = OutputFormat.TEXT;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "Plan as the backup windows and runtimes will be then, with what runs now: a duration"
              + " from now, or an ISO time")
  private @Nullable PointInTime at;

  @Option(
      names = "--detailed-exitcode",
      description = "End with 2 when there is something to send, 3 when something waits for you")
  private boolean detailed;

  PlanCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    Instant now = session().clock().instant();
    Instant then = at == null ? null : at.after(now);
    if (then != null && !then.isAfter(now)) {
      throw mistake("--at " + Times.utc(then) + " has passed; name a time to come");
    }
    terminal().progress("Looking ...");
    Overview overview =
        then == null
            ? application().plan(choice.names(), terminal()::progress)
            : application().planAt(choice.names(), then, terminal()::progress);
    terminal().endProgress();
    if (output == OutputFormat.JSON) {
      terminal().json(List.of(JsonOutput.plan(overview)));
    } else {
      if (then != null) {
        terminal().say("As it will be at " + Times.utc(then) + ", with what runs now:");
      }
      terminal().print(lines(overview, terminal().coloursOut()));
    }
    overview.notes().forEach(terminal()::say);
    overview.invalidFiles().forEach(terminal()::say);
    return overview.hasInvalidPolicy()
        ? ExitCode.INVALID_FILE
        : ExitCodes.ofPlan(overview.reports(), !overview.held().isEmpty(), detailed);
  }

  /** Returns a plan as text. */
  static List<String> lines(Overview overview, boolean colours) {
    PlanText text = new PlanText(colours);
    HeldText held = new HeldText(colours);
    List<String> lines = new ArrayList<>();
    for (Report report : overview.reports()) {
      lines.addAll(text.cluster(report));
    }
    lines.addAll(held.held(overview.held()));
    lines.addAll(held.disarmed(overview.disarmings()));
    lines.add(text.summary(overview.reports()));
    return lines;
  }
}
