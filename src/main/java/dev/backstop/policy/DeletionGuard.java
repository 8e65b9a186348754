package dev.backstop.policy;

import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderDecision.FolderChange;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.Reading;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes what a scan of the folder means for the known policies: which deletions are withdrawn,
 * superseded, effective or held. Whatever is doubtful is not a deletion.
 */
public final class DeletionGuard {

  private final PolicyRegistry known;
  private final FolderScan scan;
  private final FolderContext context;
  private final ClockReading now;
  private final ScannedFiles files;
  private final List<KnownPolicy> kept = new ArrayList<>();
  private final List<FolderChange> changes = new ArrayList<>();

  private DeletionGuard(PolicyRegistry known, FolderScan scan, FolderContext context) {
    this.known = known;
    this.scan = scan;
    this.context = context;
    this.now = scan.at();
    this.files = new ScannedFiles(known, scan);
  }

  /** Rules on one scan; the scan's instant is the time of the ruling. */
  public static FolderDecision rule(PolicyRegistry known, FolderScan scan, FolderContext context) {
    DeletionGuard guard = new DeletionGuard(known, scan, context);
    return scan.directory().access() == Access.READABLE ? guard.ruleOnFiles() : guard.holdAll();
  }

  private FolderDecision holdAll() {
    boolean missing = scan.directory().access() == Access.MISSING;
    HoldReason reason = missing ? HoldReason.DIRECTORY_MISSING : HoldReason.DIRECTORY_UNREADABLE;
    for (KnownPolicy policy : known.policies()) {
      kept.add(
          switch (policy.presence()) {
            case HELD -> policy;
            case COUNTED -> effective(policy);
            case LIVE, CHANGING, BROKEN, PENDING -> hold(policy, reason, scan.directory().words());
          });
    }
    return new FolderDecision(
        new PolicyRegistry(kept, known.strays(), known.directoryIdentity()), changes);
  }

  private FolderDecision ruleOnFiles() {
    known.policies().forEach(policy -> ruleOn(policy).ifPresent(kept::add));
    files.goodOnes().stream()
        .filter(found -> known.find(String.valueOf(found.name())).isEmpty())
        .forEach(this::add);
    List<StrayFile> strays = files.strays(kept);
    changes.addAll(new StrayChanges(known, kept, files).happened(strays));
    String identity = scan.directory().identity();
    return new FolderDecision(
        new PolicyRegistry(kept, strays, identity.isEmpty() ? known.directoryIdentity() : identity),
        changes);
  }

  private void add(FoundFile found) {
    Policy policy = policyOf(found);
    kept.add(KnownPolicy.live(policy, found.file(), now.instant()).seenAs(found.seen()));
    tell(policy, Change.ADDED, "file " + found.file() + " is there and good");
  }

  private Optional<KnownPolicy> ruleOn(KnownPolicy policy) {
    Optional<FoundFile> good = files.good(policy.name());
    if (good.isPresent()) {
      return good.map(found -> present(policy, found));
    }
    Optional<FoundFile> doubtful = files.doubtful(policy);
    if (doubtful.isPresent()) {
      return doubtful.map(found -> inDoubt(policy, found, " is back"));
    }
    FileEvidence evidence = files.evidence(policy.file());
    return switch (evidence.answer()) {
      case PRESENT, PROVEN_ABSENT -> gone(policy, evidence.folder());
      case UNKNOWN -> Optional.of(unknown(policy, evidence.words()));
    };
  }

  /** What was proven before stays so; nothing is proven by a file that can't be told of. */
  private KnownPolicy unknown(KnownPolicy before, String words) {
    return switch (before.presence()) {
      case HELD -> before;
      case COUNTED -> effective(before);
      case LIVE, CHANGING, BROKEN, PENDING ->
          inDoubt(
              before,
              FoundFile.broken(
                  before.file(),
                  before.name(),
                  before.policy().cluster(),
                  "1:1: it can't be read: " + words),
              " is not proven to be gone");
    };
  }

  private KnownPolicy present(KnownPolicy before, FoundFile found) {
    Policy policy = policyOf(found);
    if (!before.presence().hasFile()) {
      tell(policy, Change.DELETION_WITHDRAWN, "file " + found.file() + " is back");
    } else if (before.presence() == FileState.BROKEN) {
      tell(policy, Change.MENDED, "file " + found.file() + " is good again");
    }
    if (!policy.equals(before.policy())) {
      tell(policy, Change.EDITED, "file " + found.file() + " has another content");
    }
    boolean same =
        before.presence() == FileState.LIVE
            && policy.equals(before.policy())
            && found.file().equals(before.file());
    return (same ? before : KnownPolicy.live(policy, found.file(), now.instant()))
        .seenAs(found.seen());
  }

  private KnownPolicy inDoubt(KnownPolicy before, FoundFile found, String words) {
    if (found.reading() == Reading.UNSETTLED) {
      // A file that was gone is there again: its grace begins anew, should it go once more.
      boolean isBack = before.presence() == FileState.PENDING;
      TimelineInstant since =
          isBack ? now.instant() : context.changing().getOrDefault(before.name(), now.instant());
      return before.changing(found.file(), since).seenAs(found.seen());
    }
    if (!before.presence().hasFile()) {
      tell(before.policy(), Change.DELETION_WITHDRAWN, "file " + found.file() + words);
    }
    boolean isToldAlready =
        before.presence() == FileState.BROKEN
            && before.file().equals(found.file())
            && before.problem().equals(found.problem());
    if (isToldAlready) {
      return before.seenAs(found.seen());
    }
    tell(before.policy(), Change.BROKEN, found.file() + ":" + found.problem());
    return before.broken(found.file(), found.problem(), now.instant()).seenAs(found.seen());
  }

  /**
   * Rules on a policy that no file speaks for.
   *
   * @param folder the path of the folder that shows it
   */
  private Optional<KnownPolicy> gone(KnownPolicy before, String folder) {
    if (isSuperseded(before.policy())) {
      tell(
          before.policy(),
          Change.DELETION_SUPERSEDED,
          "other policies with good files cover all that it covered: they decide");
      return Optional.empty();
    }
    return switch (before.presence()) {
      case HELD -> Optional.of(before);
      case COUNTED -> Optional.of(effective(before));
      case LIVE, CHANGING, BROKEN -> Optional.of(notice(before, folder));
      case PENDING -> ripen(before, folder);
    };
  }

  /** Returns a deletion that counted; held from the moment its cluster is not in the conf. */
  private KnownPolicy effective(KnownPolicy counted) {
    return isInConf(counted)
        ? counted
        : hold(
            counted,
            HoldReason.CLUSTER_NOT_IN_CONF,
            "the deletion of " + counted.file() + " had counted, and waits from now on");
  }

  private boolean isInConf(KnownPolicy policy) {
    return context.configured().clusters().contains(policy.policy().cluster());
  }

  private boolean isSuperseded(Policy policy) {
    List<Coverage> others =
        files.goodOnes().stream()
            .map(DeletionGuard::policyOf)
            .filter(other -> other.cluster().equals(policy.cluster()))
            .map(Policy::coverage)
            .toList();
    return policy.coverage().isWithin(others);
  }

  private KnownPolicy notice(KnownPolicy before, String folder) {
    HoldReason reason =
        context.startHold() != null ? context.startHold() : holdReason(before, folder);
    if (reason != null) {
      return hold(before, reason, goneWords(before));
    }
    tell(
        before.policy(),
        Change.DELETION_NOTICED,
        "file "
            + before.file()
            + " is gone; it counts from "
            + shown(scan.until().plus(context.configured().grace())));
    return before.pending(scan.until());
  }

  private String goneWords(KnownPolicy gone) {
    return "file "
        + gone.file()
        + " is gone"
        + files.movedTo(gone.lastSeen()).map(to -> "; " + to.path() + " is it").orElse("");
  }

  private Optional<KnownPolicy> ripen(KnownPolicy pending, String folder) {
    HoldReason reason = holdReason(pending, folder);
    if (reason != null) {
      return Optional.of(hold(pending, reason, goneWords(pending)));
    }
    TimelineInstant since = pending.since();
    boolean graceIsOver = !now.instant().isBefore(since.plus(context.configured().grace()));
    // A deletion needs two scans, and a file that still changes may turn out to be a rename.
    if (!graceIsOver || !now.instant().isAfter(since) || files.isAnyUnsettled()) {
      return Optional.of(pending);
    }
    Optional<FoundFile> nameless = files.nameless();
    if (nameless.isPresent()) {
      String words = nameless.get().file() + ":" + nameless.get().problem();
      return Optional.of(hold(pending, HoldReason.UNREADABLE_NEIGHBOUR, words));
    }
    if (pending.policy().onDelete() == OnDelete.FORGET) {
      tell(pending.policy(), Change.DELETION_FORGOTTEN, "the policy says onDelete: forget");
      return Optional.empty();
    }
    tell(
        pending.policy(),
        Change.DELETION_COUNTED,
        "file " + pending.file() + " has been gone since " + shown(since));
    return Optional.of(context.configured().judged(pending.counted(now.instant(), false)));
  }

  /** Returns why a deletion waits for a person, or null where nothing speaks against it. */
  private @Nullable HoldReason holdReason(KnownPolicy gone, String folder) {
    if (isAnotherDirectory() || files.folder(folder).isAnotherThan(gone.lastSeen().folder())) {
      return HoldReason.DIRECTORY_REPLACED;
    }
    if (files.movedTo(gone.lastSeen()).isPresent()) {
      return HoldReason.MOVED_OUT_OF_READING;
    }
    if (scan.files().isEmpty() && uncountedDeletions() >= 2) {
      return HoldReason.ALL_GONE;
    }
    if (!isInConf(gone)) {
      return HoldReason.CLUSTER_NOT_IN_CONF;
    }
    return gone.policy().onDelete() == OnDelete.HOLD ? HoldReason.ON_DELETE_HOLD : null;
  }

  private boolean isAnotherDirectory() {
    FolderIdentity before = new FolderIdentity(known.directoryIdentity());
    return scan.directory().watchEnded() || files.folder("").isAnotherThan(before);
  }

  /** Counts every known policy whose deletion has not counted, where no file is left. */
  private long uncountedDeletions() {
    return known.policies().stream()
        .filter(policy -> policy.presence() != FileState.COUNTED)
        .count();
  }

  private KnownPolicy hold(KnownPolicy before, HoldReason reason, String words) {
    tell(before.policy(), Change.DELETION_HELD, reason.words() + ": " + words);
    return before.held(reason, now);
  }

  private Instant shown(TimelineInstant instant) {
    return now.wallTimeOf(instant).truncatedTo(ChronoUnit.SECONDS);
  }

  private void tell(Policy policy, Change change, String words) {
    changes.add(new FolderChange(policy.name(), policy.cluster(), change, words));
  }

  private static Policy policyOf(FoundFile found) {
    Policy policy = found.policy();
    if (policy == null) {
      throw new IllegalStateException(found.file() + " is good but has no policy");
    }
    return policy;
  }
}
