package dev.backstop.notification;

import dev.backstop.config.NotificationSettings;
import dev.backstop.config.NotificationSettings.Program;
import java.time.Clock;

/** Creates the transport of a notification. */
final class Transports {

  private Transports() {}

  static Transport of(NotificationSettings settings, Clock clock) {
    return settings.target() instanceof Program program
        ? new ProgramTransport(program, ProgramTransport.TIMEOUT)
        : new WebhookTransport(settings, System::getenv, clock, WebhookTransport.TIMEOUT);
  }
}
