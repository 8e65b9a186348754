package dev.backstop.cli;

import dev.backstop.command.Application;
import dev.backstop.demo.DemoService;
import dev.backstop.force.ForceService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Does one thing that a person asks for. */
abstract class Verb implements Callable<Integer> {

  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  @ParentCommand private RootCommand root;

  Verb(Session session) {
    this.session = session;
    this.root = new RootCommand(session);
  }

  /** Does it; what goes wrong is thrown. */
  abstract ExitCode perform() throws InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    return perform().code();
  }

  /** Returns the exception that says what is wrong with the command as typed. */
  final ParameterException mistake(String words) {
    return new ParameterException(spec.commandLine(), words);
  }

  /** Returns what every verb works with. */
  final Session session() {
    return session;
  }

  /** Returns where text goes. */
  final Terminal terminal() {
    return session.terminal();
  }

  /** Returns the application on the configuration file that the person chose. */
  final Application application() {
    return session.applications().apply(root.conf());
  }

  /** Returns the service of the verbs that need the simulator. */
  final DemoService demoService() {
    return session.demoService();
  }

  /** Returns the last resort on the configuration file that the person chose. */
  final ForceService force() {
    return session.forces().apply(root.conf());
  }
}
