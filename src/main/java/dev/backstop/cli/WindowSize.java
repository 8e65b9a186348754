package dev.backstop.cli;

import dev.backstop.cli.text.Screen;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks how large the terminal's window is now, which Java can't: {@code stty size}. */
final class WindowSize {

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3}) ([1-9]\\d{0,3})\\s*");

  private WindowSize() {}

  /** Returns the window; empty where there is no terminal, or it does not say. */
  static Optional<Screen> ask() {
    Process stty;
    try {
      stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      byte[] answer = stty.getInputStream().readNBytes(64);
      return stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0
          ? parse(new String(answer, StandardCharsets.US_ASCII))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      stty.destroyForcibly();
    }
  }

  /** Returns the window of an answer, rows and columns; empty where that is no window. */
  static Optional<Screen> parse(String answer) {
    Matcher matcher = SIZE.matcher(answer);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int rows = Integer.parseInt(matcher.group(1));
    int columns = Integer.parseInt(matcher.group(2));
    return rows > 1 && columns > 1 ? Optional.of(new Screen(rows, columns)) : Optional.empty();
  }
}
