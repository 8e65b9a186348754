package dev.backstop.command;

import dev.backstop.command.Application.Check;
import dev.backstop.config.NotificationSettings;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.notification.DeliveryException;
import dev.backstop.notification.NotificationCheck;
import dev.backstop.notification.NotificationCheck.Finding;
import dev.backstop.state.DeliveryFailure;
import dev.backstop.state.StoreException;
import dev.backstop.store.JdbcStore;
import dev.backstop.text.Times;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** Examines each, and tells which one the daemon could not deliver by; sends nothing. */
  List<Check> examine() {
    if (settings.notifications().isEmpty()) {
      return List.of();
    }
    Map<String, DeliveryFailure> failures = failures();
    return settings.notifications().stream()
        .map(one -> examine(one, failures.get(one.name())))
        .toList();
  }

  private Check examine(NotificationSettings one, @Nullable DeliveryFailure failure) {
    Finding found = check(one).examine();
    return found.isGood() && failure != null
        ? new Check(
            "notifications",
            one.name(),
            false,
            words(failure),
            "mend that, and see it arrive: backstop notify --test " + one.name())
        : new Check("notifications", one.name(), found.isGood(), found.words(), found.repair());
  }

  /** Says since when messages have not arrived, and why. */
  static String words(DeliveryFailure failure) {
    return "messages have not arrived since " + Times.utc(failure.since()) + ": " + failure.words();
  }

  /** Returns the failures on record, by name; none where the store can't be read. */
  private Map<String, DeliveryFailure> failures() {
    try (JdbcStore store = context.store().recorded()) {
      return store == null
          ? Map.of()
          : store.notifications().failures().stream()
              .collect(Collectors.toMap(DeliveryFailure::notification, Function.identity()));
    } catch (BackstopException | StoreException e) {
      // The check of the store says it.
      return Map.of();
    }
  }

  private NotificationCheck check(NotificationSettings one) {
    return new NotificationCheck(one, settings.file(), System::getenv);
  }
}
