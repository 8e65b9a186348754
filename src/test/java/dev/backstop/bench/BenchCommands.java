package dev.backstop.bench;

import dev.backstop.oceanbase.WholeLook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** Times of commands, from their start to their end. */
final class BenchCommands {

  private static final int RUNS = 3;
  private static final int CLIENT_LOOKS = 100;

  /** What the shell says where the client is not installed, or a look failed. */
  private static final Set<String> WITHOUT_CLIENT = Set.of("none", "failed");

  private BenchCommands() {}

  /** Returns the middle one of the times that a verb takes. */
  static CommandTime verb(Path home, Path folder, String verb, String... arguments)
      throws IOException, InterruptedException {
    return middle(folder, verb, BenchProcess.command(home, folder, verb, arguments));
  }

  /** Returns the middle one of the times that {@code java -version} takes. */
  static CommandTime java(Path folder) throws IOException, InterruptedException {
    return middle(folder, "java", List.of("java", "-version"));
  }

  private static CommandTime middle(Path folder, String name, List<String> command)
      throws IOException, InterruptedException {
    List<String> timed = new ArrayList<>(List.of("sh", "-c", "\"$@\"; times", "sh"));
    timed.addAll(command);
    List<CommandTime> times = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      try (BenchProcess process = BenchProcess.start(folder, name, timed)) {
        Duration cpu = CommandTime.cpu(process.lastLine());
        times.add(new CommandTime(Duration.ofNanos(System.nanoTime() - begun), cpu));
      }
    }
    times.sort(Comparator.comparing(CommandTime::elapsed));
    return times.get(RUNS / 2);
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
      return WITHOUT_CLIENT.contains(last)
          ? OptionalDouble.empty()
          : OptionalDouble.of(CommandTime.cpu(last).toNanos() / 1e6 / CLIENT_LOOKS);
    }
  }

  /** Returns milliseconds with two decimals, or a dash. */
  static String text(OptionalDouble millis) {
    return millis.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", millis.getAsDouble());
  }
}
