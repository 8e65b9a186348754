package dev.backstop.simulation;

import dev.backstop.testing.RecordingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Spoils, copies and replaces the store, as disks and restores do. */
final class StoreFaults {

  private final World world;
  private final DelayedEffects delayed;
  private @Nullable Copy copy;

  private record Copy(
      RecordingStore.Snapshot store,
      ExpectedPolicies.Copy expectedPolicies,
      Map<String, @Nullable Instant> disarmed,
      Map<String, ObservedKind.Kept> observedKinds) {}

  StoreFaults(World world, DelayedEffects delayed) {
    this.world = world;
    this.delayed = delayed;
  }

  void perform(Action action, Random chance) {
    if (world.isStoreLost()) {
      return;
    }
    RecordingStore store = world.store();
    Counts counts = world.referee().counts();
    switch (action) {
      case STORE_FAILS_ONCE -> {
        store.failOn(
            1 + chance.nextInt(30),
            chance.nextBoolean() ? RecordingStore.Fault.BEFORE : RecordingStore.Fault.AFTER);
        counts.strike(FaultKind.STORE_FAILED_ONCE);
      }
      case STORE_FAILS -> {
        store.failAlways("the disk is full");
        counts.strike(FaultKind.STORE_FAILING);
        delayed.after(Duration.ofSeconds(5 + chance.nextInt(40)), store::mend);
      }
      case STORE_MENDED -> store.mend();
      case STORE_COPIED ->
          copy =
              new Copy(
                  store.snapshot(),
                  world.referee().expectedPolicies().copy(),
                  new HashMap<>(world.referee().disarmed()),
                  world.referee().kept());
      case STORE_RESTORED -> {
        Copy old = copy;
        if (old != null) {
          counts.strike(FaultKind.STORE_OLD_COPY);
          replace(old, false);
        }
      }
      case STORE_UNREADABLE -> {
        counts.strike(FaultKind.STORE_UNREADABLE);
        Duration away = Duration.ofSeconds(26 + chance.nextInt(150));
        replace(nothing(), true, () -> delayed.after(away, () -> replace(nothing(), false)));
      }
      default -> {
        counts.strike(FaultKind.STORE_LOST);
        replace(nothing(), false);
      }
    }
  }

  private Copy nothing() {
    return new Copy(
        new RecordingStore().snapshot(),
        ExpectedPolicies.Copy.nothing(world.folder().identity()),
        Map.of(),
        Map.of());
  }

  private void replace(Copy other, boolean isLost) {
    replace(other, isLost, () -> {});
  }

  private void replace(Copy other, boolean isLost, Runnable then) {
    world.down(Duration.ofSeconds(5));
    delayed.after(Duration.ofSeconds(4), () -> put(other, isLost, then));
  }

  /** Nobody replaces the store under a process that is in the middle of something. */
  private void put(Copy other, boolean isLost, Runnable then) {
    if (world.isBusy()) {
      world.down(Duration.ofSeconds(2));
      delayed.after(Duration.ofSeconds(1), () -> put(other, isLost, then));
      return;
    }
    world.down(Duration.ofSeconds(1));
    world.note(() -> "the store is another one" + (isLost ? ", which can't be read" : ""));
    world.store().restore(other.store());
    world.store().mend();
    world.loseStore(isLost);
    world
        .referee()
        .storeChanged(other.expectedPolicies(), other.disarmed(), other.observedKinds(), isLost);
    then.run();
  }
}
