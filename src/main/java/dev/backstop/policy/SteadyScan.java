package dev.backstop.policy;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderScan.Reading;
import java.util.Optional;

/**
 * A scan that changed nothing and after which nothing waits for time: another scan that shows the
 * same changes nothing either, whenever it is.
 *
 * @param known what was known before it, and is after it
 * @param scan what it showed
 * @param context what else was decided by
 */
public record SteadyScan(PolicyRegistry known, FolderScan scan, FolderContext context) {

  /** Returns a scan as a steady one; empty where it changed something, or time may change more. */
  public static Optional<SteadyScan> of(
      PolicyRegistry known, FolderScan scan, FolderContext context, FolderDecision decision) {
    boolean isSteady =
        decision.changes().isEmpty()
            && decision.registry().equals(known)
            && known.policies().stream().allMatch(policy -> policy.phase() == Phase.GOOD)
            && scan.files().stream().noneMatch(file -> file.reading() == Reading.UNSETTLED);
    return isSteady ? Optional.of(new SteadyScan(known, scan, context)) : Optional.empty();
  }

  /** Returns whether a scan shows the same as this one, to somebody who knows the same. */
  public boolean isRepeated(PolicyRegistry others, FolderScan later, FolderContext now) {
    return scan.files().equals(later.files())
        && scan.directory().equals(later.directory())
        && scan.subfolders().equals(later.subfolders())
        && scan.unread().equals(later.unread())
        && context.equals(now)
        && known.equals(others);
  }
}
