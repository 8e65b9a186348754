package dev.backstop.cli;

import picocli.CommandLine.Command;

/** The verb {@code demo}: shows the daemon at work on simulated clusters. */
@Command(
    name = "demo",
    description =
        "Show it at work on built-in stand-ins for OceanBase: no configuration, no database")
final class DemoCommand extends Verb {

  DemoCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    return Foreground.hold(
        demoService().demo(terminal().isInteractive(), line -> terminal().print(line)), session());
  }
}
