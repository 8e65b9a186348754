package dev.backstop.policy;

import dev.backstop.observation.Kind;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Immutable state of a known policy's file; each state has the fields that belong to it alone. */
public sealed interface FileState {

  /**
   * Names the states, one for each, so that a switch without default covers all of them; what needs
   * a person most comes last.
   */
  enum Phase {
    GOOD,
    CHANGING,
    DELETION_PENDING,
    DELETION_EFFECTIVE,
    DELETION_HELD,
    BROKEN;

    /** Returns whether the file is there, in whatever shape. */
    public boolean hasFile() {
      return switch (this) {
        case GOOD, CHANGING, BROKEN -> true;
        case DELETION_PENDING, DELETION_HELD, DELETION_EFFECTIVE -> false;
      };
    }
  }

  /** Returns the name of this state. */
  Phase phase();

  /** Returns when this state began, as the wall clock shows it to people. */
  Instant shownSince(ClockReading now);

  /**
   * Returns since when the file is not what it was when it was last good, whatever became of it
   * meanwhile; null while it is good, and once its deletion is effective or was before it was held.
   */
  default @Nullable TimelineInstant doubtedSince() {
    return null;
  }

  /** A state that something waits for, so that it began at an instant of the timeline. */
  sealed interface Timed extends FileState
      permits Good, Changing, Broken, DeletionPending, DeletionEffective {

    /** Returns when this state began. */
    TimelineInstant since();

    @Override
    default Instant shownSince(ClockReading now) {
      return now.wallTimeOf(since());
    }
  }

  /**
   * The file is there and good.
   *
   * @param since when this version was first seen
   */
  record Good(TimelineInstant since) implements Timed {

    @Override
    public Phase phase() {
      return Phase.GOOD;
    }
  }

  /** The file is there with bytes that have not settled: it protects, and starts no new stop. */
  record Changing(TimelineInstant since, TimelineInstant doubtedSince) implements Timed {

    @Override
    public Phase phase() {
      return Phase.CHANGING;
    }
  }

  /**
   * The file is there and broken: its last good version protects, and starts no new stop.
   *
   * @param problem what is wrong with it, {@code line:column: message}
   */
  record Broken(String problem, TimelineInstant since, TimelineInstant doubtedSince)
      implements Timed {

    @Override
    public Phase phase() {
      return Phase.BROKEN;
    }
  }

  /**
   * The file is gone and its grace is not over.
   *
   * @param since when it was first missed
   */
  record DeletionPending(TimelineInstant since, TimelineInstant doubtedSince) implements Timed {

    @Override
    public Phase phase() {
      return Phase.DELETION_PENDING;
    }
  }

  /**
   * The file is gone and the deletion waits for a person.
   *
   * @param reason why
   * @param since when by the wall clock, as nothing waits for it but people
   */
  record DeletionHeld(HoldReason reason, Instant since, @Nullable TimelineInstant doubtedSince)
      implements FileState {

    @Override
    public Phase phase() {
      return Phase.DELETION_HELD;
    }

    @Override
    public Instant shownSince(ClockReading now) {
      return since;
    }
  }

  /**
   * The file is gone for good: off for what it covered, until that is proven.
   *
   * @param outstanding the kinds that are not proven stopped, at least one
   * @param isApproved whether a person approved the deletion, which frees it from the budget
   */
  record DeletionEffective(TimelineInstant since, Set<Kind> outstanding, boolean isApproved)
      implements Timed {

    /** Copies the kinds and checks that there is one. */
    public DeletionEffective {
      outstanding = Set.copyOf(outstanding);
      if (outstanding.isEmpty()) {
        throw new IllegalArgumentException("an effective deletion has a kind outstanding");
      }
    }

    /** Returns the state of a deletion that takes effect now, for both kinds. */
    static DeletionEffective now(TimelineInstant now, boolean isApproved) {
      return new DeletionEffective(now, EnumSet.allOf(Kind.class), isApproved);
    }

    @Override
    public Phase phase() {
      return Phase.DELETION_EFFECTIVE;
    }
  }
}
