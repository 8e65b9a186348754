package dev.backstop.policy;

import java.util.List;

/**
 * Result of one scan: the new registry and what changed.
 *
 * @param registry what is known from now on
 * @param changes what changed, in the order of the policies' names
 */
public record FolderDecision(PolicyRegistry registry, List<FolderChange> changes) {

  /** Copies the changes. */
  public FolderDecision {
    changes = List.copyOf(changes);
  }

  /** Lists what a scan can change for a policy. */
  public enum Change {
    ADDED,
    EDITED,
    BROKEN,
    MENDED,
    /** A file has a mistake and never had a good version. */
    INVALID,
    /** Such a file is good now, or gone. */
    INVALID_ENDED,
    DELETION_NOTICED,
    DELETION_WITHDRAWN,
    DELETION_SUPERSEDED,
    DELETION_HELD,
    DELETION_EFFECTIVE,
    DELETION_FORGOTTEN
  }

  /**
   * What a scan changed for one policy, or for a file that never was one.
   *
   * @param policy its name; empty where it can't be read
   * @param cluster its cluster; empty where it can't be read
   * @param change the kind of change
   * @param words why, naming file and times
   */
  public record FolderChange(String policy, String cluster, Change change, String words) {}
}
