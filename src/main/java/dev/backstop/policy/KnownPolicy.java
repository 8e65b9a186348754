package dev.backstop.policy;

import dev.backstop.observation.Kind;
import dev.backstop.policy.FileState.Broken;
import dev.backstop.policy.FileState.Changing;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.FileState.DeletionPending;
import dev.backstop.policy.FileState.Good;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of a policy: its last good version and the state of its file.
 *
 * @param policy the last good version
 * @param file the file's path within the folder, where it was last seen
 * @param state what became of the file
 * @param seen by what its file was known when it was last read; null where it never was
 */
public record KnownPolicy(
    Policy policy, String file, FileState state, @Nullable FileIdentity seen) {

  /** Returns a policy whose file is good, and not read yet so as to be known again. */
  public static KnownPolicy good(Policy policy, String file, TimelineInstant since) {
    return new KnownPolicy(policy, file, new Good(since), null);
  }

  /** Returns the policy's name. */
  public String name() {
    return policy.name();
  }

  /** Returns the name of its file's state. */
  public Phase phase() {
    return state.phase();
  }

  /** Returns whether its file is there, in whatever shape. */
  public boolean hasFile() {
    return phase().hasFile();
  }

  /** Returns what is wrong with its file; empty unless that is broken. */
  public String problem() {
    return state instanceof Broken broken ? broken.problem() : "";
  }

  /** Returns its deletion within the grace; empty in every other state. */
  public Optional<DeletionPending> pendingDeletion() {
    return state instanceof DeletionPending pending ? Optional.of(pending) : Optional.empty();
  }

  /** Returns its deletion that waits for a person; empty in every other state. */
  public Optional<DeletionHeld> heldDeletion() {
    return state instanceof DeletionHeld held ? Optional.of(held) : Optional.empty();
  }

  /** Returns its deletion that has taken effect; empty in every other state. */
  public Optional<DeletionEffective> effectiveDeletion() {
    return state instanceof DeletionEffective effective ? Optional.of(effective) : Optional.empty();
  }

  /**
   * Returns whether it permits a kind; a deletion that is not effective protects as its file did.
   */
  public boolean permits(Kind kind) {
    return phase() != Phase.DELETION_EFFECTIVE && policy.desired(kind) == Desired.ON;
  }

  /** Returns whether it still speaks of a kind: an effective deletion only until it is proven. */
  public boolean concerns(Kind kind) {
    return effectiveDeletion().map(one -> one.outstanding().contains(kind)).orElse(true);
  }

  /** Returns by what its file was last known. */
  FileIdentity lastSeen() {
    return seen == null ? FileIdentity.UNKNOWN : seen;
  }

  /** Returns it with what its file is known by; the same where that is unknown. */
  KnownPolicy seenAs(@Nullable FileIdentity by) {
    return by == null || by.equals(seen) ? this : new KnownPolicy(policy, file, state, by);
  }

  /**
   * Returns it with what its file in doubt is known by; a version that is mended and moved before
   * it is read again is still known by its last good bytes.
   */
  KnownPolicy inDoubtSeenAs(@Nullable FileIdentity by) {
    return by == null ? this : seenAs(by.inDoubtAfter(lastSeen()));
  }

  KnownPolicy changing(String foundFile, TimelineInstant now) {
    return new KnownPolicy(policy, foundFile, new Changing(now, doubtedSince(now)), seen);
  }

  KnownPolicy broken(String foundFile, String problem, TimelineInstant now) {
    return new KnownPolicy(policy, foundFile, new Broken(problem, now, doubtedSince(now)), seen);
  }

  KnownPolicy deletionPending(TimelineInstant now) {
    return with(new DeletionPending(now, doubtedSince(now)));
  }

  /** Holds the deletion; where it was effective, no stop that was begun by then goes on. */
  KnownPolicy deletionHeld(HoldReason reason, ClockReading now) {
    boolean wasEffective = phase() == Phase.DELETION_EFFECTIVE;
    TimelineInstant doubted = wasEffective ? null : doubtedSince(now.instant());
    return with(new DeletionHeld(reason, now.wall(), doubted));
  }

  /** Lets the deletion take effect now. */
  public KnownPolicy deletionEffective(TimelineInstant now, boolean isApproved) {
    return with(DeletionEffective.now(now, isApproved));
  }

  private KnownPolicy with(FileState other) {
    return new KnownPolicy(policy, file, other, seen);
  }

  private TimelineInstant doubtedSince(TimelineInstant now) {
    TimelineInstant since = state.doubtedSince();
    if (since != null) {
      return since;
    }
    // What a held deletion that had counted keeps from going on, no broken file lets go on.
    return phase() == Phase.DELETION_HELD ? TimelineInstant.MIN : now;
  }

  /**
   * Returns what lasts of it: while its file changes, what it was before. A file that was gone then
   * has not been gone until now.
   */
  KnownPolicy lasting(KnownPolicy before) {
    if (!(state instanceof Changing changing)) {
      return this;
    }
    boolean wasPending = before.phase() == Phase.DELETION_PENDING;
    return (wasPending ? before.deletionPending(changing.since()) : before).seenAs(seen);
  }

  /** Returns it as one that only observes, whatever the configuration lets it do later. */
  KnownPolicy observed() {
    return new KnownPolicy(policy.observing(), file, state, seen);
  }

  /** Returns the effective deletion without a kind that is proven; empty where none is left. */
  public Optional<KnownPolicy> without(Kind proven) {
    DeletionEffective effective = effectiveDeletion().orElseThrow();
    EnumSet<Kind> left = EnumSet.copyOf(effective.outstanding());
    left.remove(proven);
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(with(new DeletionEffective(effective.since(), left, effective.isApproved())));
  }
}
