package dev.backstop.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Plays many stories on several threads, and can go on where an earlier run was ended. */
final class LongRun {

  /** How many stories are played between two lines of progress and two savings. */
  private static final int ROUND = 500;

  private final Totals counts;
  private final @Nullable Path kept;
  private final int threads;
  private final PrintStream out;

  /**
   * Prepares a run.
   *
   * @param kept where it keeps what it counted, and finds what an earlier run did; null for nowhere
   */
  LongRun(@Nullable Path kept, int threads, PrintStream out) throws IOException {
    this.counts = kept == null ? new Totals() : Totals.read(kept);
    this.kept = kept;
    this.threads = threads;
    this.out = out;
  }

  /** Plays these seeds, but for those that an earlier run has played. */
  Totals play(long from, long seeds) throws IOException, InterruptedException {
    ExecutorService players = Executors.newFixedThreadPool(threads);
    try {
      long end = from + seeds;
      for (long first = from + counts.of("seeds"); first < end; first += ROUND) {
        long began = System.nanoTime();
        round(players, first, Math.min(end, first + ROUND));
        counts.add("nanos", System.nanoTime() - began);
        if (kept != null) {
          counts.write(kept);
        }
        tell(seeds);
      }
    } finally {
      players.shutdownNow();
    }
    return counts;
  }

  private void round(ExecutorService players, long first, long end) throws InterruptedException {
    AtomicLong next = new AtomicLong(first);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(
          players.submit(
              () -> {
                for (long seed = next.getAndIncrement();
                    seed < end;
                    seed = next.getAndIncrement()) {
                  play(seed);
                }
              }));
    }
    for (Future<?> one : all) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a story could not be played to its end", e.getCause());
      }
    }
  }

  private void play(long seed) {
    counts.add("seeds", 1);
    Story.Ending ending;
    try {
      ending = Story.of(seed).play();
    } catch (RuntimeException e) {
      fail(seed, "the story broke off: " + e);
      return;
    }
    counts.add("looks", ending.looks());
    counts.add("sent", ending.sent());
    counts.addAll(ending.counts().named());
    if (!ending.faults().isEmpty()) {
      fail(seed, ending.faults().get(0));
    }
  }

  private void fail(long seed, String fault) {
    counts.failed(seed, fault);
    out.println("seed " + seed + ": " + fault);
  }

  private void tell(long seeds) {
    double seconds = counts.of("nanos") / 1e9;
    long done = counts.of("seeds");
    double rate = done / seconds;
    out.printf(
        "%,d of %,d seeds, %d failed, %.1f seeds/s, about %d min left, %,d looks, %,d statements%n",
        done,
        seeds,
        counts.failures().size(),
        rate,
        Duration.ofSeconds((long) ((seeds - done) / rate)).toMinutes(),
        counts.of("looks"),
        counts.of("sent"));
  }
}
