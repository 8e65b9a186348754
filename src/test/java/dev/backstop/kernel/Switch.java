package dev.backstop.kernel;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Shell that stops a process as soon as it is pressed, without the time that a start takes. */
final class Switch implements AutoCloseable {

  private final Process shell;

  Switch(long pid) {
    try {
      shell =
          new ProcessBuilder("sh", "-c", "read line; kill -STOP " + pid)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void press() {
    try (OutputStream in = shell.getOutputStream()) {
      in.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    shell.onExit().join();
  }

  @Override
  public void close() {
    shell.destroy();
  }
}
