package dev.backstop.policy;

import dev.backstop.policy.FileState.Broken;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.Reading;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes what a scan of the folder means for the known policies: which are added, edited or
 * broken, and which deletions are withdrawn, superseded, held or effective. Whatever is doubtful is
 * not a deletion.
 */
public final class DeletionGuard {

  private final PolicyRegistry known;
  private final FolderScan scan;
  private final FolderContext context;
  private final ClockReading now;
  private final ScannedFiles files;
  private final FolderChanges changes = new FolderChanges();
  private final Deletions deletions;

  private DeletionGuard(PolicyRegistry known, FolderScan scan, FolderContext context) {
    this.known = known;
    this.scan = scan;
    this.context = context;
    this.now = scan.at();
    this.files = new ScannedFiles(known, scan);
    this.deletions =
        new Deletions(scan, context, files, new HoldRules(known, scan, context, files), changes);
  }

  /** Decides on one scan; it begins at the time of the decision. */
  public static FolderDecision decide(
      PolicyRegistry known, FolderScan scan, FolderContext context) {
    DeletionGuard guard = new DeletionGuard(known, scan, context);
    return scan.directory().access() == Access.READABLE ? guard.decideOnFiles() : guard.holdAll();
  }

  private FolderDecision holdAll() {
    boolean isMissing = scan.directory().access() == Access.MISSING;
    HoldReason reason = isMissing ? HoldReason.DIRECTORY_MISSING : HoldReason.DIRECTORY_UNREADABLE;
    List<KnownPolicy> kept = new ArrayList<>();
    for (KnownPolicy policy : known.policies()) {
      kept.add(
          switch (policy.phase()) {
            case DELETION_HELD -> policy;
            case DELETION_EFFECTIVE -> deletions.whileEffective(policy);
            case GOOD, CHANGING, BROKEN, DELETION_PENDING ->
                deletions.hold(policy, reason, scan.directory().words());
          });
    }
    return new FolderDecision(
        new PolicyRegistry(kept, known.strays(), known.directoryIdentity()), changes.all());
  }

  private FolderDecision decideOnFiles() {
    List<KnownPolicy> kept = new ArrayList<>();
    known.byName().forEach((name, policies) -> kept.addAll(decideOn(name, policies)));
    files.goodOnes().stream()
        .filter(found -> known.ofName(String.valueOf(found.name())).isEmpty())
        .sorted(Comparator.comparing(found -> String.valueOf(found.name())))
        .forEach(found -> found.policies().forEach(policy -> kept.add(added(policy, found))));
    List<StrayFile> strays = files.strays(kept);
    changes.addAll(new StrayChanges(known, kept, files).of(strays));
    String identity = scan.directory().identity();
    return new FolderDecision(
        known.updated(kept, strays, identity.isEmpty() ? known.directoryIdentity() : identity),
        changes.all());
  }

  private KnownPolicy added(Policy policy, FoundFile found) {
    changes.add(policy, Change.ADDED, "file " + found.file() + " is there and good");
    return KnownPolicy.good(policy, found.file(), now.instant()).seenAs(found.seen());
  }

  /** Decides on a policy, cluster by cluster. */
  private List<KnownPolicy> decideOn(String name, List<KnownPolicy> policies) {
    Optional<FoundFile> good = files.good(name);
    if (good.isPresent()) {
      return good(policies, good.get());
    }
    List<KnownPolicy> kept = new ArrayList<>();
    policies.forEach(policy -> decideOn(policy).ifPresent(kept::add));
    return kept;
  }

  private Optional<KnownPolicy> decideOn(KnownPolicy policy) {
    Optional<FoundFile> doubtful = files.doubtful(policy);
    if (doubtful.isPresent()) {
      return doubtful.map(found -> inDoubt(policy, found, " is back"));
    }
    FileEvidence evidence = files.evidence(policy.file());
    return switch (evidence.answer()) {
      case PRESENT, PROVEN_ABSENT -> deletions.decideOn(policy, evidence.folder());
      case UNKNOWN -> Optional.of(unproven(policy, evidence.words()));
    };
  }

  /** What was proven before stays so; a file that may or may not be there proves nothing. */
  private KnownPolicy unproven(KnownPolicy before, String words) {
    return switch (before.phase()) {
      case DELETION_HELD -> before;
      case DELETION_EFFECTIVE -> deletions.whileEffective(before);
      case GOOD, CHANGING, BROKEN, DELETION_PENDING ->
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

  /**
   * Takes over what a good file says now. A cluster that it names no longer is released, and
   * nothing is stopped for it.
   */
  private List<KnownPolicy> good(List<KnownPolicy> before, FoundFile found) {
    List<KnownPolicy> kept = new ArrayList<>();
    for (Policy policy : found.policies()) {
      KnownPolicy last = onCluster(before, policy.cluster()).orElse(before.get(0));
      kept.add(good(last, policy, found));
    }
    boolean isOfSeveral = before.size() > 1 || found.policies().size() > 1;
    for (KnownPolicy last : before) {
      String cluster = last.policy().cluster();
      if (found.faults().containsKey(cluster)) {
        kept.add(inDoubt(last, found.fault(cluster), " is back"));
      } else if (isOfSeveral && onCluster(kept, cluster).isEmpty()) {
        String words = "file %s names the cluster no longer: nothing is stopped for it";
        changes.add(last.policy(), Change.EDITED, words.formatted(found.file()));
      }
    }
    return kept;
  }

  private static Optional<KnownPolicy> onCluster(List<KnownPolicy> policies, String cluster) {
    for (KnownPolicy known : policies) {
      if (known.policy().cluster().equals(cluster)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private KnownPolicy good(KnownPolicy before, Policy policy, FoundFile found) {
    if (!before.hasFile()) {
      changes.add(policy, Change.DELETION_WITHDRAWN, "file " + found.file() + " is back");
    } else if (before.phase() == Phase.BROKEN) {
      changes.add(policy, Change.MENDED, "file " + found.file() + " is good again");
    }
    boolean isEdited = !policy.equals(before.policy());
    if (isEdited) {
      changes.add(policy, Change.EDITED, "file " + found.file() + edited(before, found.seen()));
    }
    boolean isSame =
        before.phase() == Phase.GOOD && !isEdited && found.file().equals(before.file());
    return (isSame ? before : KnownPolicy.good(policy, found.file(), now.instant()))
        .seenAs(found.seen());
  }

  /** A key of the configuration is the default of a policy that does not write it. */
  private static String edited(KnownPolicy before, @Nullable FileIdentity now) {
    return now != null && before.phase() == Phase.GOOD && now.isLastGoodContentOf(before.lastSeen())
        ? " is as it was; a default of the configuration has changed"
        : " has another content";
  }

  private KnownPolicy inDoubt(KnownPolicy before, FoundFile found, String words) {
    if (found.reading() == Reading.UNSETTLED) {
      return before.changing(found.file(), changingSince(before)).inDoubtSeenAs(found.seen());
    }
    if (!before.hasFile()) {
      changes.add(before.policy(), Change.DELETION_WITHDRAWN, "file " + found.file() + words);
    }
    boolean isKnownAlready =
        before.state() instanceof Broken broken
            && before.file().equals(found.file())
            && broken.problem().equals(found.problem());
    if (isKnownAlready) {
      return before.inDoubtSeenAs(found.seen());
    }
    changes.add(before.policy(), Change.BROKEN, found.file() + ":" + found.problem());
    return before.broken(found.file(), found.problem(), now.instant()).inDoubtSeenAs(found.seen());
  }

  /** A file that was gone is there again: its grace begins anew, should it go once more. */
  private TimelineInstant changingSince(KnownPolicy before) {
    boolean isBack = before.phase() == Phase.DELETION_PENDING;
    return isBack ? now.instant() : context.changing().getOrDefault(before.name(), now.instant());
  }
}
