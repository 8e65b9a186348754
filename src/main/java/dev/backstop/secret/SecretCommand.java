package dev.backstop.secret;

import dev.backstop.config.Secret;
import dev.backstop.supervision.BoundedProgram;
import dev.backstop.supervision.ProgramException;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs programs that print a password.
 *
 * <p>No message shows what a program prints, on either stream: it may be the password, or name
 * another secret.
 *
 * @param timeout how long one run may take
 */
record SecretCommand(Duration timeout) {

  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** How long a run may wait for others to end. */
  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);

  private static final int MOST_AT_ONCE = 4;

  /** One for the whole process, so that a fleet does not start a hundred programs at once. */
  private static final Semaphore TURNS = new Semaphore(MOST_AT_ONCE, true);

  /** Returns what the program prints, as if it lay in a file. */
  SecretValue run(Secret secret) throws SecretException {
    try {
      if (!TURNS.tryAcquire(TURN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SecretException(
            "%s has not been run: %s others have not ended within %s s"
                .formatted(secret, MOST_AT_ONCE, TURN_TIMEOUT.toSeconds()));
      }
      try {
        return new SecretValue(SecretReader.text(output(secret)), 0);
      } finally {
        TURNS.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException(secret + " was interrupted");
    } catch (CharacterCodingException e) {
      throw new SecretException(secret + " does not print UTF-8 text");
    }
  }

  private byte[] output(Secret secret) throws SecretException, InterruptedException {
    try (BoundedProgram program =
        BoundedProgram.start(secret.toString(), builder(secret), timeout)) {
      byte[] bytes = output(secret, program);
      program.awaitSuccess("");
      return bytes;
    } catch (ProgramException e) {
      throw new SecretException(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] output(Secret secret, BoundedProgram program)
      throws SecretException, ProgramException, InterruptedException {
    InputStream printed = program.process().getInputStream();
    FutureTask<byte[]> output =
        new FutureTask<>(() -> printed.readNBytes(SecretReader.MAX_BYTES + 1));
    Thread reader = new Thread(output, "password-command");
    reader.setDaemon(true);
    reader.start();
    try {
      byte[] bytes = output.get(program.nanosLeft(), TimeUnit.NANOSECONDS);
      if (bytes.length > SecretReader.MAX_BYTES) {
        throw new SecretException(
            "%s prints more than %s bytes; it must print a password only"
                .formatted(secret, SecretReader.MAX_BYTES));
      }
      return bytes;
    } catch (TimeoutException e) {
      throw program.hung();
    } catch (ExecutionException e) {
      throw new SecretException(secret + " can't be read from");
    }
  }

  private static ProcessBuilder builder(Secret secret) {
    List<String> words = new ArrayList<>(List.of(secret.location()));
    words.addAll(secret.arguments());
    return new ProcessBuilder(words)
        .redirectInput(new File("/dev/null"))
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
