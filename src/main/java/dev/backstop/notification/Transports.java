package dev.backstop.notification;

import dev.backstop.config.NotificationSettings;
import dev.backstop.config.NotificationSettings.Program;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Creates the transport of a notification. */
final class Transports {

  private Transports() {}

  static Transport of(
      NotificationSettings settings, Function<String, @Nullable String> environment, Clock clock) {
    return settings.target() instanceof Program program
        ? new ProgramTransport(program, ProgramTransport.TIMEOUT)
        : new WebhookTransport(settings, environment, clock, WebhookTransport.TIMEOUT);
  }
}
