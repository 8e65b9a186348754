package dev.backstop.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs programs of the system. */
final class Shell {

  private Shell() {}

  /** Tells whether a program can be found. */
  static boolean isThere(String program) {
    return attempt("sh", "-c", "command -v " + program).code() == 0;
  }

  /** Runs one and fails where it fails. */
  static String run(String... command) {
    Done done = attempt(command);
    if (done.code() != 0) {
      throw new IllegalStateException(List.of(command) + " ended with " + done);
    }
    return done.out();
  }

  /** What a program ended with. */
  record Done(int code, String out) {}

  static Done attempt(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Done(process.waitFor(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
