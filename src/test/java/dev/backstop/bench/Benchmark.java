package dev.backstop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Measures the daemon on fleets of stand-ins, and with many files, and prints tables. */
final class Benchmark {

  /** Finds the address of the pages in what the daemon says at its start. */
  static final Pattern PAGES = Pattern.compile("pages on (http://\\S+)");

  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path DOCUMENT = Path.of("docs", "benchmarks.md");
  private static final Path IMAGES = Path.of("docs", "images");
  private static final List<String> WHOLE =
      List.of(
          "100/10",
          "300/10",
          "1000/10",
          "3000/30",
          "10000/60",
          "10000",
          "isolation",
          "edits-100/60",
          "edits-3000/60",
          "edits-10000/60");

  private final boolean isWritten;
  private final int seconds;
  private final int minutes;
  private final @Nullable Path other;
  private final List<String> words;

  private Benchmark(List<String> arguments) {
    List<String> left = new ArrayList<>(arguments);
    isWritten = left.remove("--write");
    seconds = Integer.parseInt(option(left, "--seconds", "30"));
    minutes = Integer.parseInt(option(left, "--minutes", "60"));
    String against = option(left, "--against", "");
    other = against.isEmpty() ? null : Path.of(against);
    words = left.isEmpty() ? WHOLE : left;
  }

  /**
   * Runs it.
   *
   * @param arguments see {@code bin/bench}
   */
  public static void main(String[] arguments) throws Exception {
    new Benchmark(List.of(arguments)).run();
  }

  private static String option(List<String> words, String name, String otherwise) {
    int at = words.indexOf(name);
    if (at < 0) {
      return otherwise;
    }
    String value = words.get(at + 1);
    words.subList(at, at + 2).clear();
    return value;
  }

  /** Shows each table again with every row that is measured, as a later one may fail. */
  private void run() throws Exception {
    List<BenchResult> fleets = new ArrayList<>();
    List<List<String>> files = new ArrayList<>();
    List<List<String>> edits = new ArrayList<>();
    for (String word : words) {
      if (word.equals("long")) {
        longRun();
      } else if (word.startsWith("edits-")) {
        edits.add(edits(numbers(word.substring("edits-".length()))));
        show("edits", EditRun.COLUMNS, edits);
      } else if (word.equals("isolation")) {
        show("isolation", IsolationRun.COLUMNS, IsolationRun.measure(HOME, seconds));
      } else if (word.contains("/")) {
        fleets.addAll(fleets(numbers(word)));
        show("fleets", BenchResult.COLUMNS, fleets.stream().map(BenchResult::row).toList());
        draw("bench-cost.svg", costs(fleets));
      } else {
        files.addAll(files(Integer.parseInt(word)));
        show("files", FilesResult.COLUMNS, files);
      }
    }
  }

  /** Reads {@code CLUSTERS/INTERVAL}. */
  private static int[] numbers(String word) {
    return Arrays.stream(word.split("/", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static List<String> edits(int[] numbers) throws Exception {
    return EditRun.measure(HOME, numbers[0], numbers[1]);
  }

  private List<BenchResult> fleets(int[] numbers) throws Exception {
    List<BenchResult> results = new ArrayList<>();
    if (other != null) {
      results.add(FleetRun.measure(other, ", before", numbers[0], numbers[1], seconds));
    }
    String program = other == null ? "" : ", now";
    results.add(FleetRun.measure(HOME, program, numbers[0], numbers[1], seconds));
    return results;
  }

  private List<List<String>> files(int count) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    if (other != null) {
      rows.add(FilesRun.measure(other, ", before", count, seconds).row());
    }
    String program = other == null ? "" : ", now";
    rows.add(FilesRun.measure(HOME, program, count, seconds).row());
    return rows;
  }

  private void longRun() throws Exception {
    LongRun run = LongRun.run(HOME, minutes);
    show("long", LongRun.COLUMNS, run.rows());
    draw("bench-long.svg", run.picture());
  }

  private static String costs(List<BenchResult> results) {
    return Plot.page(
        List.of(
            new Plot(
                "CPU for a look, ms",
                "clusters",
                true,
                List.of(
                    series("ours", results, BenchResult::ourMillis),
                    series("bare loop", results, BenchResult::bareMillis)))));
  }

  private static Plot.Series series(
      String name, List<BenchResult> results, ToDoubleFunction<BenchResult> value) {
    return new Plot.Series(
        name,
        results.stream()
            .filter(one -> !one.program().equals(", before"))
            .sorted(Comparator.comparing(BenchResult::clusters))
            .map(one -> new Plot.Point(one.clusters(), value.applyAsDouble(one)))
            .toList());
  }

  /** Prints a table, and puts it into its part of the document where that is asked for. */
  private void show(String part, List<String> columns, List<List<String>> rows)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of(machine(part), ""));
    lines.addAll(BenchReport.table(columns, rows));
    lines.forEach(System.out::println);
    System.out.println();
    if (isWritten) {
      Files.writeString(DOCUMENT, BenchReport.with(Files.readString(DOCUMENT), part, lines));
    }
  }

  private void draw(String file, String picture) throws IOException {
    if (isWritten) {
      Files.writeString(IMAGES.resolve(file), picture);
    }
  }

  private String machine(String part) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("backstop-bench-");
    String java = BenchCommands.java(folder).text() + " ms";
    Files.delete(folder.resolve("java.out"));
    Files.delete(folder);
    return "%s, %s cores, Java %s, %s, %s; java -version takes %s."
        .formatted(
            LocalDate.now(Clock.systemUTC()),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            System.getProperty("os.name"),
            part.equals("long")
                ? minutes + " min"
                : seconds + " s each after as long at least to warm up",
            java);
  }
}
