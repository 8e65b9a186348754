package dev.backstop.policy;

import java.util.Locale;

/** The reasons for which a deletion or an edit waits for a person. */
public enum HoldReason {
  /** The policy folder was missing in a scan. */
  DIRECTORY_MISSING("the policy folder was missing"),
  /** The policy folder could not be read in a scan. */
  DIRECTORY_UNREADABLE("the policy folder could not be read"),
  /** The policy folder is another one than before while policies vanished. */
  DIRECTORY_REPLACED("the policy folder was replaced by another one while policies vanished"),
  /** The file's content or inode has appeared under a name that is not read. */
  MOVED_OUT_OF_READING("the file lies under a name that is not read now"),
  /** Two or more deletions that are not effective leave no policy file. */
  ALL_GONE("several policies were deleted and no policy file is left"),
  /** Another file can't be read far enough to know its name: it may be a rename. */
  UNREADABLE_NEIGHBOUR("another file can't be read far enough to know its name"),
  /** First noticed at a {@link StaleStart}. */
  STALE_START(
      "first noticed at a start after more than "
          + StaleStart.LONGEST_ABSENCE.toHours()
          + " h without a heartbeat"),
  /** The daemon took a store over from another host, whose files differed. */
  OTHER_HOST("this host's files differ from those of the host that worked on the store before"),
  /** The cluster is not in the configuration, or came back after the deletion took effect. */
  CLUSTER_NOT_IN_CONF(
      "its cluster is not in the configuration, or came back into it after the deletion counted"),
  /** The policy says {@code onDelete: hold}. */
  ON_DELETE_HOLD("the policy says onDelete: hold"),
  /** More clusters than {@code policies.maxStopsAtOnce} would be stopped within an hour. */
  BUDGET("more clusters than policies.maxStopsAtOnce would be stopped within an hour"),
  /** The state store failed its check. */
  STORE_UNREADABLE("the state store is there but fails its check");

  private final String words;

  HoldReason(String words) {
    this.words = words;
  }

  /** Returns the reason as people read it. */
  public String words() {
    return words;
  }

  /** Returns the word used in JSON and labels. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
