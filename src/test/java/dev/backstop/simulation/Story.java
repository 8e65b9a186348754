package dev.backstop.simulation;

import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.Comeback;
import dev.backstop.simulator.cluster.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tells one story: clusters, and what happens to them, all from a seed.
 *
 * @param seed the only source of chance
 * @param clusters how they begin
 * @param maxStopsAtOnce the hourly budget
 * @param steps what happens, by its time
 */
record Story(long seed, List<ClusterSettings> clusters, int maxStopsAtOnce, List<Step> steps) {

  private static final int STEPS = 90;
  private static final Duration CALM = Duration.ofMinutes(45);

  /** Copies its lists. */
  Story {
    clusters = List.copyOf(clusters);
    steps = List.copyOf(steps);
  }

  /** Makes the story of a seed. */
  static Story of(long seed) {
    Random chance = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    List<ClusterSettings> clusters = new ArrayList<>();
    int count = 1 + chance.nextInt(3);
    for (int i = 1; i <= count; i++) {
      clusters.add(settings("c" + i, chance));
    }
    List<Step> steps = new ArrayList<>();
    long at = 1000;
    for (int i = 0; i < STEPS; i++) {
      at += chance.nextInt(4) == 0 ? chance.nextInt(5000) : chance.nextInt(150_000);
      steps.add(new Step(Duration.ofMillis(at), deed(chance), chance.nextLong()));
    }
    int[] budgets = {0, 1, 2, 5};
    return new Story(seed, clusters, budgets[chance.nextInt(budgets.length)], steps);
  }

  /** Tells the same story with these steps only. */
  Story with(List<Step> fewer) {
    return new Story(seed, clusters, maxStopsAtOnce, fewer);
  }

  private static ClusterSettings settings(String name, Random chance) {
    ClusterSettings.Builder settings =
        ClusterSettings.builder().identity(name, World.ID).seed(chance.nextLong());
    if (chance.nextInt(3) == 0) {
      settings.rounds();
    }
    if (chance.nextInt(4) == 0) {
      settings.comeback(
          Comeback.ofAll(Duration.ofSeconds(20 + chance.nextInt(600)), 1 + chance.nextInt(5)));
    }
    settings.firstJobOnly(chance.nextBoolean());
    settings.timing(
        Timing.standard()
            .withStep(Duration.ofMillis(200 + chance.nextInt(4000)))
            .withCopies(
                Duration.ofMinutes(5 + chance.nextInt(600)),
                Duration.ofMinutes(5 + chance.nextInt(600))));
    return settings.build();
  }

  private static Deed deed(Random chance) {
    int total = 0;
    for (Deed deed : Deed.values()) {
      total += deed.weight();
    }
    int at = chance.nextInt(total);
    for (Deed deed : Deed.values()) {
      at -= deed.weight();
      if (at < 0) {
        return deed;
      }
    }
    throw new IllegalStateException("weights add up");
  }

  /** Lives it through, and lets the referee judge. */
  Ending play() {
    return play(Omission.NONE);
  }

  /** Lives it through with a safeguard left out. */
  Ending play(Omission omission) {
    try (World world = new World(clusters, maxStopsAtOnce, omission)) {
      Stage stage = new Stage(world);
      stage.begin(new Random(seed));
      List<Step> left = new ArrayList<>(steps);
      world
          .time()
          .events(
              new VirtualTime.Events() {
                @Override
                public Instant next() {
                  return nextStep().isBefore(stage.nextPostponed())
                      ? nextStep()
                      : stage.nextPostponed();
                }

                private Instant nextStep() {
                  return left.isEmpty() ? Instant.MAX : World.START.plus(left.get(0).after());
                }

                @Override
                public void happen() {
                  if (nextStep().isBefore(stage.nextPostponed())) {
                    stage.perform(left.remove(0));
                  } else {
                    stage.performPostponed();
                  }
                }
              });
      Duration last = steps.isEmpty() ? Duration.ZERO : steps.get(steps.size() - 1).after();
      world.live(World.START.plus(last).plusMillis(1));
      stage.calm();
      world.live(world.time().now().plus(CALM));
      stage.judge();
      return new Ending(
          world.referee().faults(),
          world.diary(),
          world.referee().looked(),
          world.referee().sent());
    }
  }

  /**
   * Tells how a story ended.
   *
   * @param faults what the referee found
   * @param diary what happened
   * @param looks how many looks were taken
   * @param sent how many statements reached a server
   */
  record Ending(List<String> faults, List<String> diary, int looks, int sent) {}

  /** Drops every step without which the story still ends badly. */
  Story shortened(Omission omission) {
    List<Step> kept = new ArrayList<>(steps);
    for (int chunk = kept.size() / 2; chunk >= 1; chunk /= 2) {
      for (int from = 0; from < kept.size(); ) {
        List<Step> fewer = new ArrayList<>(kept);
        fewer.subList(from, Math.min(fewer.size(), from + chunk)).clear();
        if (with(fewer).play(omission).faults().isEmpty()) {
          from += chunk;
        } else {
          kept = fewer;
        }
      }
    }
    return with(kept);
  }
}
