package dev.backstop.bench;

import dev.backstop.oceanbase.WholeLook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of commands, from their start to their end. */
final class BenchCommands {

  private static final int RUNS = 3;
  private static final int CLIENT_LOOKS = 100;

  /** Minutes and seconds of the children, user and system, which is the shell's second line. */
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  private BenchCommands() {}

  /** Returns the middle one of the times that a verb takes, in milliseconds. */
  static long verbMillis(Path home, Path folder, String verb, String... arguments)
      throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      try (BenchProcess process = BenchProcess.program(home, folder, verb, arguments)) {
        process.lastLine();
        nanos.add(System.nanoTime() - begun);
      }
    }
    return Duration.ofNanos(Quantile.of(0.5, nanos)).toMillis();
  }

  /** Returns the middle one of the times that {@code java -version} takes, in milliseconds. */
  static long javaMillis(Path folder) throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      try (BenchProcess process = BenchProcess.start(folder, "java", List.of("java", "-version"))) {
        process.lastLine();
        nanos.add(System.nanoTime() - begun);
      }
    }
    return Duration.ofNanos(Quantile.of(0.5, nanos)).toMillis();
  }

  /**
   * Returns the milliseconds of CPU that {@code mariadb -e} takes for one look; empty where the
   * client is not installed.
   */
  static OptionalDouble clientMillis(Fleet fleet) throws IOException, InterruptedException {
    Path query = fleet.folder().resolve("look.sql");
    Files.writeString(query, WholeLook.sql());
    String login =
        "mariadb --protocol=tcp -h127.0.0.1 -P%s -uroot@sys#%s -p%s oceanbase"
            .formatted(fleet.port(), FleetProcess.name(1), FleetProcess.PASSWORD);
    String script =
        "command -v mariadb >/dev/null || { echo none; exit; }; q=$(cat %s); i=0; while [ $i -lt %s ]; do %s -e \"$q\" >/dev/null || { echo failed; exit; }; i=$((i+1)); done; times"
            .formatted(query, CLIENT_LOOKS, login);
    try (BenchProcess shell =
        BenchProcess.start(fleet.folder(), "client", List.of("sh", "-c", script))) {
      String last = shell.lastLine();
      Matcher times = TIMES.matcher(last);
      if (!times.find()) {
        return OptionalDouble.empty();
      }
      double seconds =
          60 * Integer.parseInt(times.group(1))
              + Double.parseDouble(times.group(2))
              + 60 * Integer.parseInt(times.group(3))
              + Double.parseDouble(times.group(4));
      return OptionalDouble.of(seconds * 1_000 / CLIENT_LOOKS);
    }
  }

  /** Returns milliseconds with two decimals, or a dash. */
  static String text(OptionalDouble millis) {
    return millis.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", millis.getAsDouble());
  }
}
