package dev.backstop.cli;

import dev.backstop.command.Overview;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code arm}: permits statements again. */
@Command(name = "arm", description = "End a disarming; shows first what will be sent then")
final class ArmCommand extends Verb {

  @ArgGroup(multiplicity = "1")
  private ClusterOrAll target = new ClusterOrAll();

  @Mixin private WithoutDaemon withoutDaemon = new WithoutDaemon();

  ArmCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    terminal().progress("Looking ...");
    List<String> done = application().arm(target.name(), withoutDaemon.isChosen(), this::show);
    terminal().print(done);
    return ExitCode.OK;
  }

  private void show(Overview overview) {
    terminal().print(PlanCommand.lines(overview, terminal().coloursOut()));
    overview.invalidFiles().forEach(terminal()::say);
  }
}
