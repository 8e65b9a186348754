package dev.backstop.simulation;

import dev.backstop.reconcile.Triggers;
import dev.backstop.reconcile.TriggersContract;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** Triggers on virtual time keep the promises of those on real time. */
class VirtualTriggersTest extends TriggersContract {

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-23T08:00:00Z"));
  private VirtualTriggers triggers = new VirtualTriggers((cluster, when) -> {});

  @Override
  protected Triggers start(BiConsumer<String, Instant> fired) {
    triggers = new VirtualTriggers(fired);
    return triggers;
  }

  @Override
  protected Instant now() {
    return time.wall();
  }

  @Override
  protected void waitUntil(BooleanSupplier condition, Duration atMost) {
    Instant end = time.now().plus(atMost);
    while (!condition.getAsBoolean() && time.now().isBefore(end)) {
      triggers.fireDue(time.wall());
      time.pass(Duration.ofMillis(1));
    }
  }
}
