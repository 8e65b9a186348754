package dev.backstop.cli;

import dev.backstop.cli.text.HeldText;
import dev.backstop.cli.text.PlanText;
import dev.backstop.command.Overview;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code apply}: runs the control loop once. */
@Command(
    name = "apply",
    description = "Stop what the policies forbid now, through the daemon's own guards")
final class ApplyCommand extends Verb {

  @Mixin private ClusterChoice choice = new ClusterChoice();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to go on until every stop is proven; default: 15m")
  private Duration timeout = Duration.ofMinutes(15);

  ApplyCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    ApplyProgress progress = new ApplyProgress(terminal(), session().clock());
    Overview overview = application().apply(choice.names(), timeout, progress);
    List<String> closing = progress.closingWords(overview.reports());
    ExitCode code =
        overview.hasInvalidPolicy()
            ? ExitCode.INVALID_FILE
            : ExitCodes.ofApply(overview.reports(), !overview.held().isEmpty());
    terminal().print(lines(overview, code, terminal().coloursOut()));
    overview.invalidFiles().forEach(terminal()::say);
    closing.forEach(terminal()::say);
    return code;
  }

  /** Returns the result as text. */
  static List<String> lines(Overview overview, ExitCode code, boolean colours) {
    PlanText text = new PlanText(colours);
    HeldText held = new HeldText(colours);
    List<String> lines = new ArrayList<>();
    overview.reports().forEach(report -> lines.addAll(text.reached(report)));
    lines.addAll(held.held(overview.held()));
    lines.addAll(held.disarmed(overview.disarmings()));
    lines.add(
        code == ExitCode.OK
            ? "Done: everything is as the policies say."
            : "Not done: " + code.words() + ".");
    return lines;
  }
}
