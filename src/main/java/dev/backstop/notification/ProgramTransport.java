package dev.backstop.notification;

import dev.backstop.config.NotificationSettings.Program;
import dev.backstop.supervision.BoundedProgram;
import dev.backstop.supervision.ProgramException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program that reads the message as JSON on its standard input. What it prints is not read:
 * it may be a secret, and a pipe that nobody empties would hang it.
 */
final class ProgramTransport implements Transport {

  /** Names the folder of systemd credentials, which are passwords of the daemon. */
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

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
    try (BoundedProgram running = BoundedProgram.start(program.toString(), builder(), timeout)) {
      feed(running.process(), WebhookForm.json(message) + "\n");
      running.awaitSuccess(", with the JSON on its input");
    } catch (ProgramException e) {
      throw new DeliveryException(String.valueOf(e.getMessage()));
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

  private ProcessBuilder builder() {
    List<String> words = new ArrayList<>(List.of(program.program()));
    words.addAll(program.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(CREDENTIALS);
    return builder;
  }
}
