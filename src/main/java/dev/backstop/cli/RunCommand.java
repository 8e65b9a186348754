package dev.backstop.cli;

import picocli.CommandLine.Command;

/** Runs the daemon. */
@Command(
    name = "run",
    description = "Run the daemon in the foreground; SIGHUP reloads, SIGTERM ends it in order")
final class RunCommand extends Verb {

  RunCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    return Foreground.hold(application().run(), session());
  }
}
