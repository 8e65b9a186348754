package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Holds what a step sets going and what happens only later. */
final class DelayedEffects {

  private final World world;
  private final List<Later> all = new ArrayList<>();

  private record Later(Instant at, Runnable action) {}

  DelayedEffects(World world) {
    this.world = world;
  }

  void after(Duration pause, Runnable action) {
    all.add(new Later(world.time().now().plus(pause), action));
  }

  /** Returns when something is due. */
  Instant next() {
    return all.isEmpty() ? Instant.MAX : first().at();
  }

  private Later first() {
    Later first = all.get(0);
    for (Later one : all) {
      first = one.at().isBefore(first.at()) ? one : first;
    }
    return first;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  void performFirst() {
    world.disturb();
    Later first = first();
    all.remove(first);
    first.action().run();
  }
}
