package dev.backstop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.Guard;
import dev.backstop.simulator.cluster.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Plays stories of trouble; the referee finds nothing, and everything there is has happened. */
class SimulationIT {

  /** Two cores that are otherwise idle play them in less than a minute. */
  static final long SEEDS = 1000;

  /** So many of them have policies with windows, and as many policies with every limit. */
  private static final long LIMITED = 60;

  private final Counts all = new Counts();
  private final List<String> faults = new ArrayList<>();

  @Test
  void refereeFindsNothingAndMissesNothing() throws InterruptedException, ExecutionException {
    playAll();
    assertThat(faults).isEmpty();
    assertThat(all.actions()).as("what happened").containsExactlyInAnyOrder(Action.values());
    assertThat(all.troubles().keySet()).as("trouble").containsExactlyInAnyOrder(FaultKind.values());
    assertThat(all.serverFaults().keySet())
        .as("faults of servers")
        .containsExactlyInAnyOrder(Fault.values());
    assertThat(all.vetoes().keySet()).as("guards").containsExactlyInAnyOrder(Guard.values());
  }

  /** Neither the machine's clock nor its file system nor the order of threads has a say in it. */
  @Test
  void seedTellsTheSameStoryEveryTime() {
    for (long seed = 1; seed <= 25; seed++) {
      List<String> once = Story.of(seed).play().trace();
      assertThat(Story.of(seed).play().trace()).as("seed " + seed).isEqualTo(once);
    }
  }

  private void playAll() throws InterruptedException, ExecutionException {
    AtomicLong next = new AtomicLong(1);
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(cores);
    List<Future<?>> players = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      players.add(
          pool.submit(
              () -> {
                for (long seed = next.getAndIncrement();
                    seed <= SEEDS;
                    seed = next.getAndIncrement()) {
                  long told = told(seed);
                  add(told, Story.of(told).play());
                }
              }));
    }
    for (Future<?> player : players) {
      player.get();
    }
    pool.shutdownNow();
  }

  private static long told(long seed) {
    if (seed <= SEEDS - 2 * LIMITED) {
      return seed;
    }
    return seed <= SEEDS - LIMITED
        ? Story.FIRST_LIMITED + seed
        : Story.FIRST_WITH_ALL_LIMITS + seed;
  }

  private synchronized void add(long seed, Story.Ending ending) {
    all.add(ending.counts());
    if (!ending.faults().isEmpty()) {
      faults.add(
          "seed %d: %s; replay it with bin/simulation-test --seed %d"
              .formatted(seed, ending.faults().get(0), seed));
    }
  }
}
