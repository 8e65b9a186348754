package dev.backstop.notification;

import dev.backstop.config.NotificationSettings.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program that reads the message as JSON on its standard input. What it prints is not read:
 * it may be a secret, and a pipe that nobody empties would hang it.
 */
final class ProgramTransport implements Transport {

  /** What a service manager gave to the daemon alone. */
  private static final Set<String> OF_THE_DAEMON =
      Set.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "CREDENTIALS_DIRECTORY");

  /** How long one run may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Program program;
  private final Duration timeout;

  ProgramTransport(Program program, Duration timeout) {
    this.program = program;
    this.timeout = timeout;
  }

  @Override
  public void deliver(Message message) throws DeliveryException, InterruptedException {
    Process process = start();
    try {
      feed(process, WebhookForm.json(message) + "\n");
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new DeliveryException(
            "%s has not ended within %s s; run it by hand as the daemon's user"
                .formatted(program, timeout.toSeconds()));
      }
      if (process.exitValue() != 0) {
        throw new DeliveryException(
            "%s ended with %s; run it by hand as the daemon's user, with the JSON on its input"
                .formatted(program, process.exitValue()));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Writes in a thread of its own: a program that reads nothing must not hang this one. */
  private static void feed(Process process, String input) {
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                // It ended without reading all, which is its affair: its exit code counts.
              }
            },
            "backstop-notification-input");
    writer.setDaemon(true);
    writer.start();
  }

  private Process start() throws DeliveryException {
    List<String> words = new ArrayList<>(List.of(program.program()));
    words.addAll(program.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeAll(OF_THE_DAEMON);
    try {
      return builder.start();
    } catch (IOException e) {
      // The system's words repeat what was typed.
      throw new DeliveryException(
          program + " can't be started; name a program that the daemon's user may run");
    }
  }
}
