package dev.backstop.simulation;

import dev.backstop.observation.Identity;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
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
 * Leaves one safeguard out of the daemon, so that a test can show which story misses it; where a
 * second line stands behind it, or another before it, that one too.
 *
 * @param guard the planner's guard that is left out; null for none
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
    NARROWING("A cluster that a file names no longer is released, not stopped."),
    RESCAN("A scan every two seconds is the truth; events are a hint."),
    REREAD("The files are read again right before a statement."),
    GATE("The server's identity and version are asked right before a statement."),
    RECORD("A statement is recorded before it is sent."),
    STAND_IN("What stands in for an unreadable store gives no permits."),
    DISARMING_FENCE("A disarming holds from its own commit, whatever was planned before."),
    LEASE("One daemon acts on a cluster at a time."),
    REVISION("Who read an outdated memory gets no permit."),
    BOOK_FENCE("What a person says of the policies holds from its own commit."),
    SECOND_LOOK("Two looks at least 2 s apart prove a stop."),
    LATEST_LOOK("What was seen before another process's look is judged no more."),
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

  /** Lists every safeguard that can be left out; no story has a second host. */
  static List<Omission> all() {
    return Stream.of(
            Arrays.stream(Guard.values()).map(Omission::of),
            Arrays.stream(HoldReason.values())
                .filter(hold -> hold != HoldReason.OTHER_HOST)
                .map(Omission::of),
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

  /** Returns what holds as long as it is not left out, and what is left out with it. */
  String promise() {
    String others = String.join(", ", company().stream().map(one -> "`" + one + "`").toList());
    return others.isEmpty() ? ownPromise() : ownPromise() + " Left out with it: " + others + ".";
  }

  private String ownPromise() {
    if (guard != null) {
      return guard.promise();
    }
    if (hold != null) {
      return "Held where " + hold.words() + ".";
    }
    return habit == null ? "" : habit.promise();
  }

  /** Lists what is left out with it, as it would catch the same; each is listed by itself too. */
  List<Omission> company() {
    if (habit == Habit.STAND_IN) {
      return List.of(of(Guard.TRUSTED_STORE));
    }
    if (guard == null) {
      return List.of();
    }
    return switch (guard) {
      case SYS_TENANT -> List.of(of(Guard.READABLE), of(Habit.GATE));
      case EXPECTED_CLUSTER, SUPPORTED_VERSION, READABLE, ENFORCED -> List.of(of(Habit.GATE));
      case ARMED -> List.of(of(Habit.DISARMING_FENCE));
      case SETTLED_POLICY_FILE -> List.of(of(Habit.REREAD));
      default -> List.of();
    };
  }

  boolean lacks(Habit other) {
    return habit == other || company().contains(of(other));
  }

  boolean lacks(HoldReason other) {
    return hold == other;
  }

  /** Returns what the store no longer asks before it gives a permit; null where it asks all. */
  RecordingStore.@Nullable Weakness storeWeakness() {
    if (lacks(Habit.DISARMING_FENCE)) {
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
      case BOOK_FENCE -> RecordingStore.Weakness.BOOK;
      case REVISION -> RecordingStore.Weakness.REVISION;
      default -> null;
    };
  }

  Planner planner() {
    if (habit == Habit.STAND_IN) {
      return Unguarded.without(Guard.TRUSTED_STORE);
    }
    return guard == null ? new Planner() : Unguarded.without(guard);
  }

  /**
   * Shows a look as it would be without {@code READABLE} where the session is in another tenant:
   * what that tenant can't see is taken for empty.
   */
  Observation shown(Observation seen) {
    Identity identity = seen.identity();
    boolean isElsewhere = identity != null && !identity.tenant().equals(TenantId.SYS);
    if (guard != Guard.SYS_TENANT || !isElsewhere) {
      return seen;
    }
    return new Observation(
        seen.at(),
        seen.endpoint(),
        identity,
        seen.version(),
        seen.flag(),
        seen.checkpointInterval(),
        seen.sets(),
        seen.pieces(),
        seen.archive(),
        seen.tenantIds(),
        seen.serverTime(),
        seen.archiveDestination(),
        List.of());
  }

  @Override
  public String toString() {
    Enum<?> one = guard != null ? guard : hold != null ? hold : habit;
    return one == null ? "nothing" : one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
