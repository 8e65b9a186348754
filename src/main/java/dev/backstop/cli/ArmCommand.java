package dev.backstop.cli;

import dev.backstop.command.Overview;
import dev.backstop.state.Disarming;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code arm}: permits statements again. */
@Command(name = "arm", description = "End a disarming; shows first what will be sent then")
final class ArmCommand extends Verb {

  @ArgGroup(multiplicity = "1")
  private ClusterOrAll target = new ClusterOrAll();

  @Option(names = "--reason", paramLabel = "R", description = "Why; for history")
  private ReasonOption reason = new ReasonOption("armed");

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask on a terminal")
  private boolean yes;

  @Mixin private WithoutDaemon withoutDaemon = new WithoutDaemon();

  ArmCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    terminal().progress("Looking ...");
    List<String> done =
        application()
            .arm(
                target.name(),
                reason.words(),
                withoutDaemon.isChosen(),
                terminal()::progress,
                this::isConfirmed);
    if (done.isEmpty()) {
      terminal().say("Nothing was changed.");
      return ExitCode.ERROR;
    }
    terminal().print(done);
    return ExitCode.OK;
  }

  /** Shows the plan and asks, where a person can answer. */
  private boolean isConfirmed(Overview overview) {
    terminal().print(PlanCommand.lines(overview, terminal().coloursOut()));
    overview.invalidFiles().forEach(terminal()::say);
    String what = target.name().equals(Disarming.ALL) ? "every cluster" : target.name();
    return yes || !terminal().isInteractive() || terminal().isConfirmed("Arm " + what + "?");
  }
}
