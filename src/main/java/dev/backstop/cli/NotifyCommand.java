package dev.backstop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code notify}: sends a test message. */
@Command(
    name = "notify",
    description =
        "Send a test message by a notification of the configuration, and say if it arrived")
final class NotifyCommand extends Verb {

  @Option(
      names = "--test",
      paramLabel = "NAME",
      required = true,
      completionCandidates = NotificationNames.class,
      description = "The notification's name")
  private String name = "";

  NotifyCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() throws InterruptedException {
    terminal().print(application().testNotification(name));
    return ExitCode.OK;
  }
}
