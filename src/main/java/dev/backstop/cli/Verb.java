package dev.backstop.cli;

import dev.backstop.command.Application;
import dev.backstop.demo.DemoService;
import dev.backstop.force.ForceService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Base class of the verbs. */
abstract class Verb implements Callable<Integer> {

  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  @ParentCommand private RootCommand root;

  Verb(Session session) {
    this.session = session;
    this.root = new RootCommand(session);
  }

  /** Runs the verb and returns its exit code; a failure is thrown. */
  abstract ExitCode perform() throws InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    return perform().code();
  }

  /** Returns the exception for a mistake in the command as typed. */
  final ParameterException mistake(String words) {
    return new ParameterException(spec.commandLine(), words);
  }

  /** Returns what every verb works with. */
  final Session session() {
    return session;
  }

  /** Returns the output. */
  final Terminal terminal() {
    return session.terminal();
  }

  /** Returns the application of the chosen configuration file. */
  final Application application() {
    return session.applications().apply(root.conf());
  }

  /** Returns the service of the verbs that need the simulator. */
  final DemoService demoService() {
    return session.demoService();
  }

  /** Returns the service of the forced end, of the chosen configuration file. */
  final ForceService force() {
    return session.forces().apply(root.conf());
  }
}
