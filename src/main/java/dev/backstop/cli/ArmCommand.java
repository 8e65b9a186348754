package dev.backstop.cli;

import dev.backstop.app.Application;
import dev.backstop.app.Overview;
import dev.backstop.reconcile.Disarming;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Lets statements leave again. */
@Command(name = "arm", description = "End a disarming; shows first what will be sent then")
final class ArmCommand extends Verb {

  @ArgGroup(multiplicity = "1")
  private ClusterOrAll target = new ClusterOrAll();

  ArmCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    Application application = application();
    boolean all = target.name().equals(Disarming.ALL);
    terminal().progress("Looking ...");
    Overview overview = application.plan(all ? Set.of() : Set.of(target.name()), true);
    terminal().print(PlanCommand.lines(overview, terminal().coloursOut()));
    overview.invalidFiles().forEach(terminal()::say);
    terminal().print(application.arm(target.name()));
    return ExitCode.OK;
  }
}
