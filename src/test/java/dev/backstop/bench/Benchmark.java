package dev.backstop.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Measures the daemon on fleets of stand-ins, and with many files, and prints tables. */
final class Benchmark {

  /** Finds the address of the pages in what the daemon says at its start. */
  static final Pattern PAGES = Pattern.compile("pages on (http://\\S+)");

  private static final Path DOCUMENT = Path.of("docs", "benchmarks.md");

  private Benchmark() {}

  /**
   * Runs it.
   *
   * @param arguments {@code CLUSTERS/INTERVAL} or {@code FILES} once or several times, seconds to
   *     measure each after {@code --seconds}, and {@code --write} to put the tables into the
   *     document
   */
  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean isWritten = words.remove("--write");
    int at = words.indexOf("--seconds");
    int seconds = at < 0 ? 30 : Integer.parseInt(words.get(at + 1));
    if (at >= 0) {
      words.subList(at, at + 2).clear();
    }
    List<String> lines = tables(words.isEmpty() ? List.of("100/10") : words, seconds);
    lines.forEach(System.out::println);
    if (isWritten) {
      List<String> all = new ArrayList<>(List.of(machine(seconds), ""));
      all.addAll(lines);
      Files.writeString(DOCUMENT, BenchReport.with(Files.readString(DOCUMENT), all));
    }
  }

  private static List<String> tables(List<String> words, int seconds) throws Exception {
    List<List<String>> fleets = new ArrayList<>();
    List<List<String>> files = new ArrayList<>();
    for (String word : words) {
      List<String> numbers = Arrays.asList(word.split("/", -1));
      int first = Integer.parseInt(numbers.get(0));
      if (numbers.size() == 1) {
        files.add(FilesRun.measure(first, seconds).row());
      } else {
        fleets.add(FleetRun.measure(first, Integer.parseInt(numbers.get(1)), seconds).row());
      }
    }
    List<String> lines = new ArrayList<>();
    if (!fleets.isEmpty()) {
      lines.addAll(BenchReport.table(BenchResult.COLUMNS, fleets));
    }
    if (!fleets.isEmpty() && !files.isEmpty()) {
      lines.add("");
    }
    if (!files.isEmpty()) {
      lines.addAll(BenchReport.table(FilesResult.COLUMNS, files));
    }
    return lines;
  }

  private static String machine(int seconds) {
    return "Last run: %s, %s cores, Java %s, %s, %s s each after as long to warm up."
        .formatted(
            LocalDate.now(Clock.systemUTC()),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            System.getProperty("os.name"),
            seconds);
  }
}
