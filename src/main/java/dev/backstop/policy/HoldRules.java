package dev.backstop.policy;

import dev.backstop.policy.FileState.Phase;
import java.util.Optional;

/** Says whether a policy whose file is gone is superseded, and for what its deletion is held. */
final class HoldRules {

  private final PolicyRegistry known;
  private final FolderScan scan;
  private final FolderContext context;
  private final ScannedFiles files;

  HoldRules(PolicyRegistry known, FolderScan scan, FolderContext context, ScannedFiles files) {
    this.known = known;
    this.scan = scan;
    this.context = context;
    this.files = files;
  }

  /** Returns whether policies with good files cover all that this one covers on its cluster. */
  boolean isSuperseded(Policy policy) {
    return policy.coverage().isWithin(files.goodCoverage(policy.cluster()));
  }

  boolean isInConf(KnownPolicy policy) {
    return context.configured().clusters().contains(policy.policy().cluster());
  }

  /** Returns why a deletion is held in the first scan that shows it; empty where it is not. */
  Optional<HoldReason> firstReason(KnownPolicy gone, String folder) {
    return Optional.ofNullable(context.startHold()).or(() -> reason(gone, folder));
  }

  /**
   * Returns why a deletion waits for a person; empty where nothing speaks against it.
   *
   * @param folder the path of the folder that shows that the file is gone
   */
  Optional<HoldReason> reason(KnownPolicy gone, String folder) {
    if (isAnotherDirectory() || files.folder(folder).isAnotherThan(gone.lastSeen().folder())) {
      return Optional.of(HoldReason.DIRECTORY_REPLACED);
    }
    if (files.movedTo(gone.lastSeen()).isPresent()) {
      return Optional.of(HoldReason.MOVED_OUT_OF_READING);
    }
    if (scan.files().isEmpty() && countIneffective() >= 2) {
      return Optional.of(HoldReason.ALL_GONE);
    }
    if (!isInConf(gone)) {
      return Optional.of(HoldReason.CLUSTER_NOT_IN_CONF);
    }
    return gone.policy().onDelete() == OnDelete.HOLD
        ? Optional.of(HoldReason.ON_DELETE_HOLD)
        : Optional.empty();
  }

  private boolean isAnotherDirectory() {
    FolderIdentity before = new FolderIdentity(known.directoryIdentity());
    return scan.directory().watchEnded() || files.folder("").isAnotherThan(before);
  }

  /** Counts the known policies whose deletion is not effective yet, where no file is left. */
  private long countIneffective() {
    return known.policies().stream()
        .filter(policy -> policy.phase() != Phase.DELETION_EFFECTIVE)
        .map(KnownPolicy::name)
        .distinct()
        .count();
  }
}
