package dev.backstop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs promtool, Prometheus's own checks. */
public final class Promtool {

  private Promtool() {}

  /** Returns what the lint of metrics says of a page, which it has to accept; empty for nothing. */
  public static String lint(Path page) throws IOException, InterruptedException {
    return run(page.toFile(), "check", "metrics");
  }

  /** Runs it with arguments, and returns what it said; fails where it does not end with 0. */
  public static String run(String... arguments) throws IOException, InterruptedException {
    return run(new File("/dev/null"), arguments);
  }

  private static String run(File input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Need.PROMTOOL.require().toString()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("promtool", ".txt");
    try {
      Process promtool =
          new ProcessBuilder(command)
              .redirectInput(input)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertThat(promtool.waitFor(2, TimeUnit.MINUTES)).isTrue();
      String text = Files.readString(said);
      assertThat(promtool.exitValue()).as(text).isZero();
      return text;
    } finally {
      Files.delete(said);
    }
  }
}
