package dev.backstop.policy;

import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderDecision.FolderChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes which broken files without a good version are new, and which are mended or gone. The
 * file of a policy is none of them: its changes are those of the policy.
 */
final class StrayChanges {

  private final PolicyRegistry known;
  private final List<KnownPolicy> kept;
  private final ScannedFiles files;

  /** Compares with what was known; {@code kept} are the policies as they are after the scan. */
  StrayChanges(PolicyRegistry known, List<KnownPolicy> kept, ScannedFiles files) {
    this.known = known;
    this.kept = kept;
    this.files = files;
  }

  /** Returns the changes that lead to these strays. */
  List<FolderChange> of(List<StrayFile> strays) {
    List<FolderChange> changes = new ArrayList<>();
    for (StrayFile stray : strays) {
      if (!known.strays().contains(stray) && !isOfAny(kept, stray)) {
        changes.addAll(of(stray, Change.INVALID, stray.file() + ":" + stray.problem()));
      }
    }
    for (StrayFile before : known.strays()) {
      boolean isStray = strays.stream().anyMatch(stray -> stray.file().equals(before.file()));
      if (!isStray && !isOfAny(known.policies(), before)) {
        changes.addAll(of(before, Change.INVALID_ENDED, ended(before)));
      }
    }
    return changes;
  }

  private String ended(StrayFile before) {
    boolean isThere = files.evidence(before.file()).answer() == FileEvidence.Answer.PRESENT;
    return "file "
        + before.file()
        + (isThere ? " has its mistake no more" : " is gone, and its mistake with it");
  }

  /** A good file may have a fault on one of its clusters, which is no change of its policy. */
  private static boolean isOfAny(List<KnownPolicy> policies, StrayFile stray) {
    return policies.stream()
        .filter(policy -> policy.phase() != FileState.Phase.GOOD)
        .anyMatch(policy -> policy.file().equals(stray.file()));
  }

  private static List<FolderChange> of(StrayFile stray, Change change, String words) {
    String policy = stray.name() == null ? "" : stray.name();
    List<String> clusters = stray.clusters().isEmpty() ? List.of("") : stray.clusters();
    return clusters.stream()
        .map(cluster -> new FolderChange(policy, cluster, change, words))
        .toList();
  }
}
