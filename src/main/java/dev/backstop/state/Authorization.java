package dev.backstop.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a {@link PermitRequest}.
 *
 * @param permit null where none was granted
 * @param revision the record's new revision where one was granted
 * @param refusal why none was granted, in words; empty where one was
 * @param isOvertaken whether somebody wrote meanwhile what it follows from: a new look may have one
 *     at once
 */
public record Authorization(
    @Nullable Permit permit, long revision, String refusal, boolean isOvertaken) {

  /** Grants a permit. */
  public static Authorization granted(Permit permit, long revision) {
    return new Authorization(permit, revision, "", false);
  }

  /** Refuses one, in words that name what is in the way. */
  public static Authorization refused(String why) {
    return new Authorization(null, 0, why, false);
  }

  private static Authorization overtakenBy(String why) {
    return new Authorization(null, 0, why, true);
  }

  /** Refuses one because a person disarmed the cluster. */
  public static Authorization disarmed(Disarming disarming) {
    boolean all = disarming.cluster().equals(Disarming.ALL);
    String until = disarming.until() == null ? "" : " until " + disarming.until();
    return refused(
        (all ? "all clusters are" : "cluster " + disarming.cluster() + " is")
            + (" disarmed by " + disarming.by() + " since " + disarming.since() + until)
            + (": " + disarming.reason())
            + ("; release it with: backstop arm " + (all ? "--all" : disarming.cluster())));
  }

  /** Refuses one because somebody else wrote the record since it was read. */
  public static Authorization outdated(String cluster) {
    return overtakenBy(
        "somebody else acted on cluster "
            + cluster
            + " since it was looked at; it is looked at anew");
  }

  /** Refuses one because somebody wrote the registry since the files were read for it. */
  public static Authorization overtaken(String cluster) {
    return overtakenBy(
        "what is known of the policies changed since they were read for cluster "
            + cluster
            + "; they are read anew");
  }

  /** Refuses one because somebody else may have a statement under way. */
  public static Authorization leased(String cluster, String owner, Instant until) {
    return refused(
        "cluster "
            + cluster
            + " is leased to "
            + owner
            + " until "
            + until
            + "; it is tried again");
  }
}
