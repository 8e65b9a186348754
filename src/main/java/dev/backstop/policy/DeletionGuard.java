package dev.backstop.policy;

import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.Reading;
import dev.backstop.policy.Ruling.Change;
import dev.backstop.policy.Ruling.Happening;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a scan of the folder means for the policies that were known: which deletions are
 * withdrawn, superseded, counted or held. Whatever is doubtful is not a deletion.
 */
public final class DeletionGuard {

  private final PolicyBook known;
  private final FolderScan scan;
  private final Circumstances circumstances;
  private final Instant now;
  private final FoundFiles files;
  private final List<KnownPolicy> kept = new ArrayList<>();
  private final List<Happening> happenings = new ArrayList<>();

  private DeletionGuard(PolicyBook known, FolderScan scan, Circumstances circumstances) {
    this.known = known;
    this.scan = scan;
    this.circumstances = circumstances;
    this.now = scan.at();
    this.files = new FoundFiles(known, scan.files());
  }

  /** Rules on one scan; the scan's instant is the time of the ruling. */
  public static Ruling rule(PolicyBook known, FolderScan scan, Circumstances circumstances) {
    DeletionGuard guard = new DeletionGuard(known, scan, circumstances);
    return scan.directory().access() == Access.READABLE ? guard.ruleOnFiles() : guard.holdAll();
  }

  private Ruling holdAll() {
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
    return new Ruling(new PolicyBook(kept, known.strays(), known.directoryIdentity()), happenings);
  }

  private Ruling ruleOnFiles() {
    known.policies().forEach(policy -> ruleOn(policy).ifPresent(kept::add));
    files.goodOnes().stream()
        .filter(found -> known.find(String.valueOf(found.name())).isEmpty())
        .forEach(this::add);
    String identity = scan.directory().identity();
    return new Ruling(
        new PolicyBook(
            kept, files.strays(kept), identity.isEmpty() ? known.directoryIdentity() : identity),
        happenings);
  }

  private void add(FoundFile found) {
    Policy policy = policyOf(found);
    kept.add(KnownPolicy.live(policy, found.file(), now));
    tell(policy, Change.ADDED, "file " + found.file() + " is there and good");
  }

  private Optional<KnownPolicy> ruleOn(KnownPolicy policy) {
    Optional<FoundFile> good = files.good(policy.name());
    if (good.isPresent()) {
      return good.map(found -> present(policy, found));
    }
    Optional<FoundFile> doubtful = files.doubtful(policy);
    return doubtful.isPresent() ? doubtful.map(found -> inDoubt(policy, found)) : gone(policy);
  }

  private KnownPolicy present(KnownPolicy before, FoundFile found) {
    Policy policy = policyOf(found);
    if (!before.presence().hasFile()) {
      tell(policy, Change.DELETION_WITHDRAWN, "file " + found.file() + " is back");
    } else if (before.presence() == Presence.BROKEN) {
      tell(policy, Change.MENDED, "file " + found.file() + " is good again");
    }
    if (!policy.equals(before.policy())) {
      tell(policy, Change.EDITED, "file " + found.file() + " has another content");
    }
    boolean same =
        before.presence() == Presence.LIVE
            && policy.equals(before.policy())
            && found.file().equals(before.file());
    return same ? before : KnownPolicy.live(policy, found.file(), now);
  }

  private KnownPolicy inDoubt(KnownPolicy before, FoundFile found) {
    if (found.reading() == Reading.UNSETTLED) {
      // A file that was gone is there again: its grace begins anew, should it go once more.
      boolean isBack = before.presence() == Presence.PENDING;
      Instant since = isBack ? now : circumstances.changing().getOrDefault(before.name(), now);
      return before.changing(found.file(), since);
    }
    if (!before.presence().hasFile()) {
      tell(before.policy(), Change.DELETION_WITHDRAWN, "file " + found.file() + " is back");
    }
    boolean isToldAlready =
        before.presence() == Presence.BROKEN
            && before.file().equals(found.file())
            && before.problem().equals(found.problem());
    if (isToldAlready) {
      return before;
    }
    tell(before.policy(), Change.BROKEN, found.file() + ":" + found.problem());
    return before.broken(found.file(), found.problem(), now);
  }

  private Optional<KnownPolicy> gone(KnownPolicy before) {
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
      case LIVE, CHANGING, BROKEN -> Optional.of(notice(before));
      case PENDING -> ripen(before);
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
    return circumstances.configured().clusters().contains(policy.policy().cluster());
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

  private KnownPolicy notice(KnownPolicy before) {
    HoldReason reason = circumstances.staleStart() ? HoldReason.STALE_START : holdReason(before);
    if (reason != null) {
      return hold(before, reason, "file " + before.file() + " is gone");
    }
    tell(
        before.policy(),
        Change.DELETION_NOTICED,
        "file "
            + before.file()
            + " is gone; it counts from "
            + scan.until()
                .plus(circumstances.configured().grace())
                .truncatedTo(ChronoUnit.SECONDS));
    return before.pending(scan.until());
  }

  private Optional<KnownPolicy> ripen(KnownPolicy pending) {
    HoldReason reason = holdReason(pending);
    if (reason != null) {
      return Optional.of(hold(pending, reason, "file " + pending.file() + " is gone"));
    }
    Instant since = circumstances.jumps().present(pending.since(), now);
    boolean graceIsOver = !now.isBefore(since.plus(circumstances.configured().grace()));
    // A deletion needs two scans, and a file that still changes may turn out to be a rename.
    if (!graceIsOver || !now.isAfter(since) || files.isAnyUnsettled()) {
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
        "file "
            + pending.file()
            + " has been gone since "
            + pending.since().truncatedTo(ChronoUnit.SECONDS));
    return Optional.of(circumstances.configured().judged(pending.counted(now, false)));
  }

  /** Returns why a deletion waits for a person, or null where nothing speaks against it. */
  private @Nullable HoldReason holdReason(KnownPolicy gone) {
    if (isAnotherDirectory()) {
      return HoldReason.DIRECTORY_REPLACED;
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
    String before = known.directoryIdentity();
    String present = scan.directory().identity();
    return scan.directory().watchEnded()
        || (!before.isEmpty() && !present.isEmpty() && !before.equals(present));
  }

  /** Counts every known policy whose deletion has not counted, where no file is left. */
  private long uncountedDeletions() {
    return known.policies().stream()
        .filter(policy -> policy.presence() != Presence.COUNTED)
        .count();
  }

  private KnownPolicy hold(KnownPolicy before, HoldReason reason, String words) {
    tell(before.policy(), Change.DELETION_HELD, reason.words() + ": " + words);
    return before.held(reason, now);
  }

  private void tell(Policy policy, Change change, String words) {
    happenings.add(new Happening(policy.name(), policy.cluster(), change, words));
  }

  private static Policy policyOf(FoundFile found) {
    Policy policy = found.policy();
    if (policy == null) {
      throw new IllegalStateException(found.file() + " is good but has no policy");
    }
    return policy;
  }
}
