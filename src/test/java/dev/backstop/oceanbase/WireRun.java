package dev.backstop.oceanbase;

import dev.backstop.oceanbase.WireTrial.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs many trials in parallel and counts their results. */
final class WireRun implements AutoCloseable {

  /** The longest time of a trial, most of it timeouts. */
  static final Duration HANG = Duration.ofSeconds(60);

  /** How much later a stop beside faulty servers may be. */
  static final Duration LATE = Duration.ofSeconds(2);

  private static final int PARALLEL = 4;

  private final WireTrial trial;

  /** Holds the threads that trials start, as a thread inherits its group. */
  private final ThreadGroup group = new ThreadGroup("executor");

  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          PARALLEL,
          task -> {
            Thread thread = new Thread(group, task, "trial");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Integer> results = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private int trials;
  private long mostBytes;

  WireRun(Path folder) {
    trial = new WireTrial(folder);
  }

  /** Runs the trials of consecutive seeds. */
  void play(long from, int count) {
    Map<Long, Future<Verdict>> playing = new TreeMap<>();
    for (long seed = from; seed < from + count; seed++) {
      long each = seed;
      playing.put(each, executor.submit(() -> trial.play(each)));
    }
    playing.forEach(this::note);
  }

  private void note(long seed, Future<Verdict> playing) {
    trials++;
    try {
      Verdict verdict = playing.get(HANG.toSeconds(), TimeUnit.SECONDS);
      mostBytes = Math.max(mostBytes, verdict.bytes());
      String outcome = verdict.action() + " " + verdict.result().replaceAll("[0-9]+", "0");
      results.merge(outcome, 1, Integer::sum);
      if (verdict.finding() != null) {
        findings.add("seed " + seed + ", " + verdict.plan() + ": " + verdict.finding());
      }
    } catch (TimeoutException e) {
      findings.add("seed " + seed + " hangs");
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("seed " + seed, e);
    }
  }

  List<String> findings() {
    return findings;
  }

  /** Returns the most bytes that one trial read from a server. */
  long mostBytes() {
    return mostBytes;
  }

  int trials() {
    return trials;
  }

  /** Returns how many different results there were. */
  int outcomes() {
    return results.size();
  }

  /** Returns how many threads of the trials are alive. */
  int threads() {
    return group.activeCount();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** Times stops beside faulty servers: {@code neighbours MINUTES [FIRST_SEED]}. */
  private static boolean neighbours(Duration length, long first) throws IOException {
    long end = System.nanoTime() + length.toNanos();
    List<Duration> durations = new ArrayList<>();
    long late = 0;
    try (WireNeighbours neighbours = new WireNeighbours(Files.createTempDirectory("fuzz-near"))) {
      Duration faultless = Duration.ZERO;
      for (int i = 0; i < 5; i++) {
        Duration one = neighbours.faultlessRound();
        faultless = one.compareTo(faultless) > 0 ? one : faultless;
      }
      System.out.printf("without faults sent within %d ms%n", faultless.toMillis());
      for (long seed = first; System.nanoTime() < end; seed++) {
        Duration one = neighbours.round(seed);
        durations.add(one);
        if (one.compareTo(faultless.plus(LATE)) > 0) {
          late++;
          System.out.printf("seed %d: sent after %d ms%n", seed, one.toMillis());
        }
        if (durations.size() % 50 == 0) {
          print(durations, late);
        }
      }
    }
    print(durations, late);
    return late == 0;
  }

  private static void print(List<Duration> durations, long late) {
    List<Duration> sorted = durations.stream().sorted().toList();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "%d stops, half within %d ms, all within %d ms, %d late; %d MiB of memory in use%n",
        sorted.size(),
        sorted.get(sorted.size() / 2).toMillis(),
        sorted.get(sorted.size() - 1).toMillis(),
        late,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  /** Runs trials for some minutes: {@code [neighbours] MINUTES [FIRST_SEED [COUNT]]}. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("neighbours")) {
      long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
      System.exit(neighbours(Duration.ofMinutes(Long.parseLong(arguments[1])), first) ? 0 : 1);
    }
    long end = System.nanoTime() + Duration.ofMinutes(Long.parseLong(arguments[0])).toNanos();
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    int batch = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
    PrintStream out = System.out;
    long start = System.nanoTime();
    try (WireRun run = new WireRun(Files.createTempDirectory("fuzz-wire"))) {
      do {
        run.play(seed, batch);
        seed += batch;
        long seconds = Math.max(1, Duration.ofNanos(System.nanoTime() - start).toSeconds());
        out.printf(
            "%d trials, %.1f a second, %d different answers, at most %d bytes taken, %d findings%n",
            run.trials(),
            (double) run.trials() / seconds,
            run.outcomes(),
            run.mostBytes(),
            run.findings().size());
        run.findings().forEach(out::println);
      } while (System.nanoTime() < end && run.findings().isEmpty());
      if (arguments.length > 2) {
        run.results.forEach((words, count) -> out.println(count + "  " + words));
      }
      System.exit(run.findings().isEmpty() ? 0 : 1);
    }
  }
}
