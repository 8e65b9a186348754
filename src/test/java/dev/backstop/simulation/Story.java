package dev.backstop.simulation;

import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.Comeback;
import dev.backstop.simulator.cluster.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells one story: a world, and what happens in it, all from a seed.
 *
 * @param seed the only source of chance
 * @param shape what the world is like at first
 * @param steps what happens, by its time
 * @param isOpen whether it ends as soon as enough has happened, or only after its last step
 */
record Story(long seed, World.Shape shape, List<Step> steps, boolean isOpen) {

  /** What every story has at least, so that it is worth telling. */
  static final int LOOKS = 300;

  static final int TROUBLES = 40;

  /** The seeds below tell what they always told. */
  static final long FIRST_LIMITED = 1_000_000;

  /** Stories from here on have every limit there is. */
  static final long FIRST_WITH_ALL_LIMITS = 2_000_000;

  private static final int STEPS = 400;
  private static final int LONGEST_PAUSE = 50_000;
  private static final Duration CALM = Duration.ofMinutes(45);
  private static final Duration MORE = Duration.ofMinutes(10);
  private static final int MOST_MORE = 150;
  private static final int[] BUDGETS = {0, 1, 1, 2, 5};

  /** Copies its steps. */
  Story {
    steps = List.copyOf(steps);
  }

  /** Makes the story of a seed. */
  static Story of(long seed) {
    Random chance = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    LimitScope limits = limits(seed);
    List<ClusterSettings> clusters = new ArrayList<>();
    Set<String> unexpected = new HashSet<>();
    int count = 1 + chance.nextInt(3);
    for (int i = 1; i <= count; i++) {
      clusters.add(settings("c" + i, chance));
      if (chance.nextInt(12) == 0) {
        unexpected.add("c" + i);
      }
    }
    World.Shape shape =
        new World.Shape(
            clusters,
            limits == LimitScope.WINDOWS ? 0 : BUDGETS[chance.nextInt(BUDGETS.length)],
            unexpected,
            chance.nextInt(10) == 0,
            chance.nextInt(4) == 0,
            isMixed(seed),
            limits,
            Duration.ofSeconds(count * (15L + chance.nextInt(15))));
    List<Step> steps = new ArrayList<>();
    long at = 1000;
    for (int i = 0; i < STEPS; i++) {
      at += chance.nextInt(4) == 0 ? chance.nextInt(5000) : chance.nextInt(LONGEST_PAUSE);
      steps.add(new Step(Duration.ofMillis(at), action(chance, seed), chance.nextLong()));
    }
    return new Story(seed, shape, steps, true);
  }

  List<ClusterSettings> clusters() {
    return shape.clusters();
  }

  int maxStopsAtOnce() {
    return shape.maxStopsAtOnce();
  }

  /** Tells the same story with these steps only. */
  Story with(List<Step> fewer) {
    return new Story(seed, shape, fewer, false);
  }

  private static ClusterSettings settings(String name, Random chance) {
    ClusterSettings.Builder settings =
        ClusterSettings.builder().identity(name, World.ID).seed(chance.nextLong());
    if (chance.nextInt(3) == 0) {
      settings.rounds();
    }
    if (chance.nextInt(3) == 0) {
      settings.comeback(
          Comeback.ofAll(Duration.ofSeconds(20 + chance.nextInt(300)), 1 + chance.nextInt(6)));
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

  /** Every second story after the first five hundred, which are as they always were. */
  private static boolean isMixed(long seed) {
    return seed > 500 && seed % 2 == 1;
  }

  private static LimitScope limits(long seed) {
    if (seed < FIRST_LIMITED) {
      return LimitScope.NONE;
    }
    return seed < FIRST_WITH_ALL_LIMITS ? LimitScope.WINDOWS : LimitScope.ALL;
  }

  private static Action action(Random chance, long seed) {
    List<Action> all =
        switch (limits(seed)) {
          case NONE -> isMixed(seed) ? Action.mixed() : Action.common();
          case WINDOWS -> Action.limited();
          case ALL -> Action.all();
        };
    int at = chance.nextInt(all.stream().mapToInt(Action::weight).sum());
    for (Action action : all) {
      at -= action.weight();
      if (at < 0) {
        return action;
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
    StepEvents events = new StepEvents(this);
    try (World world = new World(shape, omission, events::in)) {
      StepRunner runner = events.runner();
      runner.begin(new Random(seed));
      while (events.goesOn(world)) {
        world.live(events.nextStep());
      }
      world.live(world.time().now().plusMillis(1));
      events.end();
      runner.calm();
      world.live(world.time().now().plus(CALM));
      for (int i = 0; i < MOST_MORE && isOpen && world.referee().counts().looks() < LOOKS; i++) {
        world.live(world.time().now().plus(MORE));
      }
      runner.judge();
      Duration lived = Duration.between(World.START, world.time().now());
      world.referee().counts().lived(lived, shape.clusters().size());
      judgeFloors(world);
      return new Ending(
          List.copyOf(world.referee().faults()),
          world::trace,
          world.referee().counts(),
          events.performed());
    }
  }

  private void judgeFloors(World world) {
    Counts counts = world.referee().counts();
    if (isOpen && (counts.looks() < LOOKS || counts.struck() < TROUBLES)) {
      world
          .referee()
          .fault("too little happened: %d looks, %s".formatted(counts.looks(), counts.troubles()));
    }
  }

  /**
   * Tells how a story ended.
   *
   * @param faults what the referee found
   * @param performed what happened, made into words only for somebody who reads them
   * @param counts how much of everything happened
   * @param steps the steps that were performed
   */
  record Ending(
      List<String> faults, Supplier<List<String>> performed, Counts counts, List<Step> steps) {

    List<String> trace() {
      return performed.get();
    }

    int looks() {
      return Math.toIntExact(counts.looks());
    }

    int sent() {
      return Math.toIntExact(counts.sent());
    }
  }

  /** Drops every step and cluster without which the story still ends badly, for some seconds. */
  Story shortened(Omission omission) {
    return new StoryShrinker(this, omission).shortest();
  }
}
