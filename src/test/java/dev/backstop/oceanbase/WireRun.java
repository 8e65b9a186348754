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

/** Plays many trials side by side and counts what came of them. */
final class WireRun implements AutoCloseable {

  /** No call of a trial may take longer; most of it is patience with silence. */
  static final Duration HANG = Duration.ofSeconds(60);

  /** No stop beside a server that plays pranks may be later by more. */
  static final Duration LATE = Duration.ofSeconds(2);

  private static final int SIDE_BY_SIDE = 4;

  private final WireTrial trial;

  /** A thread is in the group of the one that started it, so this holds all that players start. */
  private final ThreadGroup group = new ThreadGroup("players");

  private final ExecutorService players =
      Executors.newFixedThreadPool(
          SIDE_BY_SIDE,
          task -> {
            Thread thread = new Thread(group, task, "player");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Integer> told = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private int trials;
  private long mostBytes;

  WireRun(Path folder) {
    trial = new WireTrial(folder);
  }

  /** Plays a row of seeds. */
  void play(long from, int count) {
    Map<Long, Future<Verdict>> playing = new TreeMap<>();
    for (long seed = from; seed < from + count; seed++) {
      long each = seed;
      playing.put(each, players.submit(() -> trial.play(each)));
    }
    playing.forEach(this::note);
  }

  private void note(long seed, Future<Verdict> playing) {
    trials++;
    try {
      Verdict verdict = playing.get(HANG.toSeconds(), TimeUnit.SECONDS);
      mostBytes = Math.max(mostBytes, verdict.bytes());
      String outcome = verdict.action() + " " + verdict.told().replaceAll("[0-9]+", "0");
      told.merge(outcome, 1, Integer::sum);
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

  /** Returns the most bytes that one trial took from a server. */
  long mostBytes() {
    return mostBytes;
  }

  int trials() {
    return trials;
  }

  /** Returns how many different things were told. */
  int outcomes() {
    return told.size();
  }

  /** Returns how many threads live that the trials started. */
  int threads() {
    return group.activeCount();
  }

  @Override
  public void close() {
    players.shutdownNow();
  }

  /** Times stops beside servers that play pranks: {@code neighbours MINUTES [FIRST_SEED]}. */
  private static boolean neighbours(Duration length, long first) throws IOException {
    long end = System.nanoTime() + length.toNanos();
    List<Duration> took = new ArrayList<>();
    long late = 0;
    try (WireNeighbours neighbours = new WireNeighbours(Files.createTempDirectory("fuzz-near"))) {
      Duration calm = Duration.ZERO;
      for (int i = 0; i < 5; i++) {
        Duration one = neighbours.calmRound();
        calm = one.compareTo(calm) > 0 ? one : calm;
      }
      System.out.printf("with no pranks sent within %d ms%n", calm.toMillis());
      for (long seed = first; System.nanoTime() < end; seed++) {
        Duration one = neighbours.round(seed);
        took.add(one);
        if (one.compareTo(calm.plus(LATE)) > 0) {
          late++;
          System.out.printf("seed %d: sent after %d ms%n", seed, one.toMillis());
        }
        if (took.size() % 50 == 0) {
          tell(took, late);
        }
      }
    }
    tell(took, late);
    return late == 0;
  }

  private static void tell(List<Duration> took, long late) {
    List<Duration> sorted = took.stream().sorted().toList();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "%d stops, half within %d ms, all within %d ms, %d late; %d MiB of memory in use%n",
        sorted.size(),
        sorted.get(sorted.size() / 2).toMillis(),
        sorted.get(sorted.size() - 1).toMillis(),
        late,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  /** Plays for some minutes: {@code [neighbours] MINUTES [FIRST_SEED [COUNT]]}. */
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
        run.told.forEach((words, count) -> out.println(count + "  " + words));
      }
      System.exit(run.findings().isEmpty() ? 0 : 1);
    }
  }
}
