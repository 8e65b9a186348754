package dev.backstop.command;

import dev.backstop.command.Application.Check;
import dev.backstop.config.NotificationSettings;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.notification.DeliveryException;
import dev.backstop.notification.NotificationCheck;
import dev.backstop.notification.NotificationCheck.Finding;
import java.util.List;

/** Tests and examines the notifications of the configuration. */
final class NotificationService {

  private final CommandContext context;
  private final Settings settings;

  NotificationService(CommandContext context) {
    this.context = context;
    this.settings = context.settings();
  }

  /** Returns the names, in the order of the file. */
  List<String> names() {
    return settings.notifications().stream().map(NotificationSettings::name).toList();
  }

  /** Sends a test message; throws where it did not arrive. */
  List<String> test(String name) throws InterruptedException {
    NotificationSettings one = settings.notification(name).orElseThrow(() -> unknown(name));
    try {
      check(one).sendTest(settings.daemon(), context.clock());
    } catch (DeliveryException e) {
      throw BackstopException.failed(
          "notification " + name + ": the message did not arrive: " + e.getMessage());
    }
    return List.of("notification " + name + ": the test message was accepted");
  }

  private BackstopException unknown(String name) {
    List<String> names = names();
    return BackstopException.usage(
        "there is no notification %s in %s; there %s"
            .formatted(
                name,
                settings.file(),
                names.isEmpty()
                    ? "is none: describe one there"
                    : "are: " + String.join(", ", names)));
  }

  /** Examines each; sends nothing. */
  List<Check> examine() {
    return settings.notifications().stream().map(this::examine).toList();
  }

  private Check examine(NotificationSettings one) {
    Finding found = check(one).examine();
    return new Check("notifications", one.name(), found.isGood(), found.words(), found.repair());
  }

  private NotificationCheck check(NotificationSettings one) {
    return new NotificationCheck(one, settings.file(), System::getenv);
  }
}
