package dev.backstop.cli;

import picocli.CommandLine.Command;

/** The verb {@code run}: runs the daemon in the foreground. */
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
