package dev.backstop.policy;

import dev.backstop.policy.FileState.DeletionPending;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Decides what becomes of a policy that no file speaks for, from its absence to its stop. */
final class Deletions {

  private final FolderScan scan;
  private final DeletionSettings settings;
  private final ClockReading now;
  private final ScannedFiles files;
  private final HoldRules rules;
  private final FolderChanges changes;

  Deletions(
      FolderScan scan,
      FolderContext context,
      ScannedFiles files,
      HoldRules rules,
      FolderChanges changes) {
    this.scan = scan;
    this.settings = context.configured();
    this.now = scan.at();
    this.files = files;
    this.rules = rules;
    this.changes = changes;
  }

  /**
   * Decides on a policy whose file is gone; empty where it is forgotten.
   *
   * @param folder the path of the folder that shows it
   */
  Optional<KnownPolicy> decideOn(KnownPolicy before, String folder) {
    if (rules.isSuperseded(before.policy())) {
      changes.add(
          before.policy(),
          Change.DELETION_SUPERSEDED,
          "other policies with good files cover all that it covered: they decide");
      return Optional.empty();
    }
    return switch (before.phase()) {
      case DELETION_HELD -> Optional.of(before);
      case DELETION_EFFECTIVE -> Optional.of(whileEffective(before));
      case GOOD, CHANGING, BROKEN -> Optional.of(notice(before, folder));
      case DELETION_PENDING ->
          before.pendingDeletion().flatMap(pending -> duringGrace(before, pending, folder));
    };
  }

  /** Returns an effective deletion; held from the moment its cluster is not in the conf. */
  KnownPolicy whileEffective(KnownPolicy effective) {
    return rules.isInConf(effective)
        ? effective
        : hold(
            effective,
            HoldReason.CLUSTER_NOT_IN_CONF,
            "the deletion of " + effective.file() + " had counted, and waits from now on");
  }

  /** Holds a deletion and says why. */
  KnownPolicy hold(KnownPolicy before, HoldReason reason, String words) {
    changes.add(before.policy(), Change.DELETION_HELD, reason.words() + ": " + words);
    return before.deletionHeld(reason, now);
  }

  private KnownPolicy notice(KnownPolicy before, String folder) {
    Optional<HoldReason> reason = rules.firstReason(before, folder);
    if (reason.isPresent()) {
      return hold(before, reason.get(), words(before));
    }
    changes.add(
        before.policy(),
        Change.DELETION_NOTICED,
        "file %s is gone; it counts from %s"
            .formatted(before.file(), shown(scan.until().plus(settings.grace()))));
    return before.deletionPending(scan.until());
  }

  private String words(KnownPolicy gone) {
    return "file "
        + gone.file()
        + " is gone"
        + files.movedTo(gone.lastSeen()).map(to -> "; " + to.path() + " is it").orElse("");
  }

  private Optional<KnownPolicy> duringGrace(
      KnownPolicy gone, DeletionPending pending, String folder) {
    Optional<HoldReason> reason = rules.reason(gone, folder);
    if (reason.isPresent()) {
      return Optional.of(hold(gone, reason.get(), words(gone)));
    }
    TimelineInstant since = pending.since();
    boolean isGraceOver = !now.instant().isBefore(since.plus(settings.grace()));
    // A deletion needs two scans, and a file that still changes may turn out to be a rename.
    if (!isGraceOver || !now.instant().isAfter(since) || files.isAnyUnsettled()) {
      return Optional.of(gone);
    }
    Optional<FoundFile> nameless = files.nameless();
    if (nameless.isPresent()) {
      String words = nameless.get().file() + ":" + nameless.get().problem();
      return Optional.of(hold(gone, HoldReason.UNREADABLE_NEIGHBOUR, words));
    }
    return afterGrace(gone, since);
  }

  private Optional<KnownPolicy> afterGrace(KnownPolicy gone, TimelineInstant since) {
    if (gone.policy().onDelete() == OnDelete.FORGET) {
      changes.add(gone.policy(), Change.DELETION_FORGOTTEN, "the policy says onDelete: forget");
      return Optional.empty();
    }
    changes.add(
        gone.policy(),
        Change.DELETION_EFFECTIVE,
        "file " + gone.file() + " has been gone since " + shown(since));
    return Optional.of(settings.inLastingMode(gone.deletionEffective(now.instant(), false)));
  }

  private Instant shown(TimelineInstant instant) {
    return now.wallTimeOf(instant).truncatedTo(ChronoUnit.SECONDS);
  }
}
