package dev.backstop.simulation;

import dev.backstop.plan.Guard;
import dev.backstop.plan.Planner;
import dev.backstop.plan.Unguarded;
import dev.backstop.policy.HoldReason;
import dev.backstop.testing.RecordingStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leaves one safeguard out of the daemon, so that a test can show which story misses it.
 *
 * @param guard the planner's guard that is left out, with the second line behind it where there is
 *     one; null for none
 * @param hold the cause for which no deletion or edit is held; null for none
 * @param habit what else the daemon no longer does; null for none
 */
record Omission(@Nullable Guard guard, @Nullable HoldReason hold, @Nullable Habit habit) {

  /** Leaves nothing out. */
  static final Omission NONE = new Omission(null, null, null);

  /** Lists what keeps the daemon honest besides guards and holds. */
  enum Habit {
    SETTLING("A version of a file counts when two reads, far enough apart, agree."),
    GRACE("A deletion counts only when the file has been gone for the grace."),
    RESCAN("A scan every two seconds is the truth; events are a hint."),
    REREAD("The files are read again right before a statement."),
    GATE("The server's identity and version are asked right before a statement."),
    RECORD("A statement is recorded before it is sent."),
    DISARMING_FENCE("A disarming holds from its own commit, whatever was planned before."),
    LEASE("One daemon acts on a cluster at a time."),
    REVISION("Who read an outdated memory gets no permit."),
    SECOND_LOOK("Two looks at least 2 s apart prove a stop."),
    STEADY_CLOCK("Waits go by the time that passes, not by the clock."),
    RETURNS("What was sent and came back is remembered."),
    NEXT_LOOK("A cycle says when to look next.");

    private final String promise;

    Habit(String promise) {
      this.promise = promise;
    }

    String promise() {
      return promise;
    }
  }

  static Omission of(Guard guard) {
    return new Omission(guard, null, null);
  }

  static Omission of(HoldReason hold) {
    return new Omission(null, hold, null);
  }

  static Omission of(Habit habit) {
    return new Omission(null, null, habit);
  }

  /** Lists every safeguard that can be left out. */
  static List<Omission> all() {
    return Stream.of(
            Arrays.stream(Guard.values()).map(Omission::of),
            Arrays.stream(HoldReason.values()).map(Omission::of),
            Arrays.stream(Habit.values()).map(Omission::of))
        .flatMap(each -> each)
        .toList();
  }

  /** Finds one by its name, as {@link #toString} writes it. */
  static Optional<Omission> named(String name) {
    return all().stream()
        .filter(one -> one.toString().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** Returns what holds as long as it is not left out. */
  String promise() {
    if (guard != null) {
      return guard.promise();
    }
    if (hold != null) {
      return "Held where " + hold.words() + ".";
    }
    return habit == null ? "" : habit.promise();
  }

  boolean lacks(Habit other) {
    return habit == other;
  }

  boolean lacks(HoldReason other) {
    return hold == other;
  }

  /** Tells whether the gate before a statement is open too: it asks what this guard asks. */
  boolean lacksGate() {
    boolean isAskedAgain =
        guard == Guard.SYS_TENANT
            || guard == Guard.EXPECTED_CLUSTER
            || guard == Guard.SUPPORTED_VERSION
            || guard == Guard.READABLE
            || guard == Guard.ENFORCED;
    return isAskedAgain || habit == Habit.GATE;
  }

  /** Returns what the store no longer asks before it gives a permit; null where it asks all. */
  RecordingStore.@Nullable Weakness storeWeakness() {
    if (guard == Guard.ARMED || habit == Habit.DISARMING_FENCE) {
      return RecordingStore.Weakness.FENCE;
    }
    if (hold == HoldReason.BUDGET) {
      return RecordingStore.Weakness.BUDGET;
    }
    if (habit == null) {
      return null;
    }
    return switch (habit) {
      case RECORD -> RecordingStore.Weakness.RECORD;
      case LEASE -> RecordingStore.Weakness.LEASE;
      case REVISION -> RecordingStore.Weakness.REVISION;
      default -> null;
    };
  }

  Planner planner() {
    return guard == null ? new Planner() : Unguarded.without(guard);
  }

  @Override
  public String toString() {
    Enum<?> one = guard != null ? guard : hold != null ? hold : habit;
    return one == null ? "nothing" : one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
