package dev.backstop.cli;

import dev.backstop.cli.text.HeldText;
import dev.backstop.cli.text.PlanText;
import dev.backstop.command.Overview;
import dev.backstop.state.Report;
import java.util.ArrayList;
import java.util.List;
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
      names = "--detailed-exitcode",
      description = "End with 2 when there is something to send, 3 when something waits for you")
  private boolean detailed;

  PlanCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    terminal().progress("Looking ...");
    Overview overview = application().plan(choice.names(), terminal()::progress);
    terminal().endProgress();
    if (output == OutputFormat.JSON) {
      terminal().json(List.of(JsonOutput.plan(overview)));
    } else {
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
