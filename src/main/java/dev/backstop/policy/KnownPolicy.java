package dev.backstop.policy;

import dev.backstop.observation.Kind;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of a policy: its last good version and the state of its file.
 *
 * @param policy the last good version
 * @param file the file's name within the folder, where it was last seen
 * @param presence how it stands to its file
 * @param since when that presence began; for PENDING, when the file was first missed; for HELD, the
 *     wall time that people are shown, as nothing waits for it
 * @param hold why it is held; null unless HELD
 * @param outstanding kinds that a counted deletion has not proven stopped; empty unless COUNTED
 * @param approved whether a person let the deletion count, which frees it from the budget
 * @param problem what is wrong with the file; empty unless BROKEN
 * @param doubtedSince since when its file is not what it was when it was last good, whatever became
 *     of it meanwhile; null while it is good, and once the deletion counts
 * @param seen by what its file was known when it was last read; null where it never was
 */
public record KnownPolicy(
    Policy policy,
    String file,
    FileState presence,
    TimelineInstant since,
    @Nullable HoldReason hold,
    Set<Kind> outstanding,
    boolean approved,
    String problem,
    @Nullable TimelineInstant doubtedSince,
    @Nullable FileIdentity seen) {

  /** Copies the kinds and checks that each presence carries what belongs to it. */
  public KnownPolicy {
    outstanding = Set.copyOf(outstanding);
    if ((presence == FileState.HELD) != (hold != null)) {
      throw new IllegalArgumentException(policy.name() + ": HELD and its reason go together");
    }
    if ((presence == FileState.COUNTED) == outstanding.isEmpty()) {
      throw new IllegalArgumentException(
          policy.name() + ": a counted deletion has kinds outstanding, others have none");
    }
  }

  /** Remembers a policy whose file is good. */
  public static KnownPolicy live(Policy policy, String file, TimelineInstant since) {
    return new KnownPolicy(
        policy, file, FileState.LIVE, since, null, Set.of(), false, "", null, null);
  }

  /** Returns it with what its file is known by; the same where that is not told. */
  KnownPolicy seenAs(@Nullable FileIdentity by) {
    return by == null || by.equals(seen)
        ? this
        : new KnownPolicy(
            policy, file, presence, since, hold, outstanding, approved, problem, doubtedSince, by);
  }

  /** Returns by what its file was last known. */
  FileIdentity lastSeen() {
    return seen == null ? FileIdentity.UNKNOWN : seen;
  }

  private KnownPolicy doubted(
      String foundFile, FileState doubt, TimelineInstant now, String words) {
    TimelineInstant began = doubtedSince == null ? now : doubtedSince;
    return new KnownPolicy(
        policy, foundFile, doubt, now, null, Set.of(), false, words, began, seen);
  }

  /** Returns the policy's name. */
  public String name() {
    return policy.name();
  }

  /**
   * Returns whether it lets a kind run; a deletion that has not counted protects as its file did.
   */
  public boolean permits(Kind kind) {
    return presence != FileState.COUNTED && policy.desired(kind) == Desired.ON;
  }

  KnownPolicy changing(String foundFile, TimelineInstant now) {
    return doubted(foundFile, FileState.CHANGING, now, "");
  }

  KnownPolicy broken(String foundFile, String words, TimelineInstant now) {
    return doubted(foundFile, FileState.BROKEN, now, words);
  }

  KnownPolicy pending(TimelineInstant now) {
    return doubted(file, FileState.PENDING, now, "");
  }

  /** Holds the deletion; where it had counted, no stop that was begun by then goes on. */
  KnownPolicy held(HoldReason reason, ClockReading now) {
    TimelineInstant doubted = doubtedSince == null ? now.instant() : doubtedSince;
    return new KnownPolicy(
        policy,
        file,
        FileState.HELD,
        new TimelineInstant(now.wall()),
        reason,
        Set.of(),
        false,
        "",
        presence == FileState.COUNTED ? null : doubted,
        seen);
  }

  /** Returns since when it is held, as people are shown; only of a held one. */
  public Instant heldSince() {
    if (presence != FileState.HELD) {
      throw new IllegalStateException(policy.name() + " is not held");
    }
    return since.value();
  }

  /** Returns what lasts of a policy whose file changes: what it was before. */
  KnownPolicy asBefore(KnownPolicy before) {
    KnownPolicy lasting = before.presence == FileState.PENDING ? before.pending(since) : before;
    return lasting.seenAs(seen);
  }

  /** Lets the deletion count from now on. */
  public KnownPolicy counted(TimelineInstant now, boolean byPerson) {
    return new KnownPolicy(
        policy,
        file,
        FileState.COUNTED,
        now,
        null,
        EnumSet.allOf(Kind.class),
        byPerson,
        "",
        null,
        seen);
  }

  /** Returns it as one that only observes, whatever the configuration lets it do later. */
  KnownPolicy observed() {
    return new KnownPolicy(
        policy.observing(),
        file,
        presence,
        since,
        hold,
        outstanding,
        approved,
        problem,
        doubtedSince,
        seen);
  }

  /** Returns the deletion without a kind that is proven, or null where none is left. */
  public @Nullable KnownPolicy without(Kind proven) {
    EnumSet<Kind> left = EnumSet.noneOf(Kind.class);
    left.addAll(outstanding);
    left.remove(proven);
    return left.isEmpty()
        ? null
        : new KnownPolicy(policy, file, presence, since, null, left, approved, "", null, seen);
  }
}
