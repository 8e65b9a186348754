package dev.backstop.store.format;

import dev.backstop.json.OmittedIfAbsent;
import dev.backstop.observation.Kind;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FileState;
import dev.backstop.policy.FileState.Broken;
import dev.backstop.policy.FileState.Changing;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.FileState.DeletionPending;
import dev.backstop.policy.FileState.Good;
import dev.backstop.policy.FileState.Timed;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy with what became of its file, on the first of its clusters.
 *
 * @param since when its state began; if HELD, by the wall clock
 * @param hold null unless HELD
 * @param outstanding empty unless COUNTED
 * @param approved false unless COUNTED
 * @param problem empty unless BROKEN
 * @param doubtedSince null if LIVE or COUNTED, and for a deletion that was COUNTED before it was
 *     HELD
 * @param seen null where the file never was read, or an earlier program did not keep it
 * @param others the same policy on its other clusters
 */
record StoredKnownPolicy(
    @Nullable Integer format,
    Policy policy,
    String file,
    StoredFileState presence,
    Instant since,
    @Nullable HoldReason hold,
    List<Kind> outstanding,
    boolean approved,
    String problem,
    @Nullable Instant doubtedSince,
    @Nullable SeenFile seen,
    @OmittedIfAbsent List<StoredKnownPolicy> others)
    implements Versioned {

  /** Stores a policy on all of its clusters, at least one. */
  static StoredKnownPolicy of(List<KnownPolicy> clusters) {
    List<KnownPolicy> others = clusters.subList(1, clusters.size());
    return of(clusters.get(0), others.stream().map(one -> of(one, List.of())).toList());
  }

  private static StoredKnownPolicy of(KnownPolicy known, List<StoredKnownPolicy> others) {
    Optional<DeletionHeld> held = known.heldDeletion();
    Optional<DeletionEffective> effective = known.effectiveDeletion();
    return new StoredKnownPolicy(
        RecordFormat.VERSION,
        Policy.of(known.policy()),
        known.file(),
        StoredFileState.of(known.phase()),
        since(known.state()),
        held.map(DeletionHeld::reason).orElse(null),
        effective.stream().flatMap(one -> one.outstanding().stream()).sorted().toList(),
        effective.map(DeletionEffective::isApproved).orElse(false),
        known.problem(),
        StoredInstants.of(known.state().doubtedSince()),
        known.seen() == null ? null : SeenFile.of(known.seen()),
        others);
  }

  private static Instant since(FileState state) {
    if (state instanceof DeletionHeld held) {
      return held.since();
    }
    return ((Timed) state).since().value();
  }

  /** Returns the policy on each of its clusters. */
  List<KnownPolicy> toDomain() {
    List<KnownPolicy> clusters = new ArrayList<>();
    clusters.add(onCluster());
    others.forEach(other -> clusters.add(other.onCluster()));
    return clusters;
  }

  private KnownPolicy onCluster() {
    return new KnownPolicy(policy.toDomain(), file, state(), seen == null ? null : seen.toDomain());
  }

  /** Returns the state; only what its word calls for is read. */
  private FileState state() {
    TimelineInstant began = new TimelineInstant(since);
    TimelineInstant doubted = StoredInstants.toDomain(doubtedSince);
    TimelineInstant doubtBegan = doubted == null ? began : doubted;
    return switch (presence) {
      case LIVE -> new Good(began);
      case CHANGING -> new Changing(began, doubtBegan);
      case BROKEN -> new Broken(problem, began, doubtBegan);
      case PENDING -> new DeletionPending(began, doubtBegan);
      case HELD -> new DeletionHeld(Objects.requireNonNull(hold, "hold"), since, doubted);
      case COUNTED -> new DeletionEffective(began, Set.copyOf(outstanding), approved);
    };
  }

  record Policy(
      String name,
      String cluster,
      StoredCoverage coverage,
      Desired data,
      Desired log,
      Mode mode,
      Schedule schedule,
      OnDelete onDelete,
      Duration verifyWithin,
      @OmittedIfAbsent @Nullable StoredLimits limits) {

    static Policy of(dev.backstop.policy.Policy policy) {
      return new Policy(
          policy.name(),
          policy.cluster(),
          StoredCoverage.of(policy.coverage()),
          policy.data(),
          policy.log(),
          policy.mode(),
          Schedule.of(policy.schedule()),
          policy.onDelete(),
          policy.verifyWithin(),
          StoredLimits.of(policy.limits()));
    }

    dev.backstop.policy.Policy toDomain() {
      return new dev.backstop.policy.Policy(
          name,
          cluster,
          coverage.toDomain(),
          data,
          log,
          mode,
          schedule.toDomain(),
          onDelete,
          verifyWithin,
          StoredLimits.toDomain(limits));
    }
  }

  record Schedule(@Nullable String cron, @Nullable Duration every, ZoneId zone) {

    static Schedule of(dev.backstop.policy.Schedule schedule) {
      return new Schedule(schedule.cron(), schedule.every(), schedule.zone());
    }

    dev.backstop.policy.Schedule toDomain() {
      return new dev.backstop.policy.Schedule(cron, every, zone);
    }
  }

  /**
   * By what a file was known when it was last read.
   *
   * @param goodContent null where the bytes were those of the last good version
   */
  record SeenFile(
      String inode, String content, Folder folder, @OmittedIfAbsent @Nullable String goodContent) {

    static SeenFile of(FileIdentity identity) {
      return new SeenFile(
          identity.inode(),
          identity.content(),
          new Folder(identity.folder().text()),
          identity.goodContent());
    }

    FileIdentity toDomain() {
      String good = goodContent == null ? "" : goodContent;
      return new FileIdentity(inode, content, good, new FolderIdentity(folder.text()));
    }
  }

  record Folder(String text) {}
}
