package dev.backstop.state;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.ServerVersion;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable result of one cycle, as commands, pages and metrics show it.
 *
 * @param plan what was decided, and from which jobs
 * @param observedAt when the look began; null where none was taken
 * @param daemon who looked
 * @param endpoint who answered, {@code host:port}; empty where nobody did
 * @param version the server's version; empty where unknown
 * @param nextRun when the next look is due; null where none is
 */
public record Report(
    Plan plan,
    @Nullable Instant observedAt,
    String daemon,
    String endpoint,
    String version,
    @Nullable Instant nextRun) {

  /**
   * Reports a look and what was decided by it.
   *
   * @param next when the next look is due; null where none is
   */
  public static Report of(Plan plan, Observation seen, String daemon, @Nullable Instant next) {
    ServerVersion version = seen.version();
    return new Report(
        plan, seen.at(), daemon, seen.endpoint(), version == null ? "" : version.toString(), next);
  }

  /** Reports a cluster that no policy names, and that is therefore not looked at. */
  public static Report unmanaged(String cluster, String daemon, Instant now) {
    Reason reason = Reason.of(ReasonCode.NO_POLICY, "no policy names cluster " + cluster);
    return unseen(cluster, daemon, State.UNMANAGED, reason, now);
  }

  /** Reports a cluster that is to be looked at, and of which no look is on record yet. */
  public static Report notLookedYet(String cluster, String daemon, Instant now) {
    Reason reason =
        new Reason(
            ReasonCode.NOT_LOOKED_YET,
            "no look at cluster " + cluster + " is on record yet",
            "backstop run, or backstop plan for a look now");
    return unseen(cluster, daemon, State.UNKNOWN, reason, now);
  }

  /** Reports a cluster of which no look ended while a command had time. */
  public static Report noLookInTime(String cluster, String daemon, Instant now) {
    Reason reason =
        new Reason(
            ReasonCode.NOT_LOOKED_YET,
            "no look at cluster " + cluster + " ended in time",
            "backstop doctor -c " + cluster + " shows whether it answers; or a longer --timeout");
    return unseen(cluster, daemon, State.UNKNOWN, reason, now);
  }

  /**
   * Reports a cluster whose first look is under way.
   *
   * @param since when it became one that is to be looked at
   */
  public static Report firstLook(String cluster, String daemon, Instant since) {
    Reason reason =
        Reason.of(
            ReasonCode.NOT_LOOKED_YET, "the first look at cluster " + cluster + " is under way");
    return unseen(cluster, daemon, State.UNKNOWN, reason, since);
  }

  /** Reports a cluster of which no look is on record. */
  public static Report unseen(
      String cluster, String daemon, State state, Reason reason, Instant now) {
    List<KindPlan> kinds =
        Arrays.stream(Kind.values())
            .map(kind -> new KindPlan(kind, state, reason, now, List.of(), null))
            .toList();
    Plan plan = new Plan(cluster, now, kinds, List.of(), null);
    return new Report(plan, null, daemon, "", "", null);
  }

  /** Returns whether it says the same as another report but for when looks were and will be. */
  public boolean differsInLookTimesOnly(Report other) {
    return plan.cluster().equals(other.plan.cluster())
        && plan.kinds().equals(other.plan.kinds())
        && plan.releases().equals(other.plan.releases())
        && (observedAt == null) == (other.observedAt == null)
        && daemon.equals(other.daemon)
        && endpoint.equals(other.endpoint)
        && version.equals(other.version);
  }

  /**
   * Returns the report after one more look that showed the same.
   *
   * @param next when the next look is due; null where none is
   */
  public Report lookedAgain(Instant at, @Nullable Instant next) {
    return new Report(plan, at, daemon, endpoint, version, next);
  }

  /** Returns the report as it is recorded, which lists a limited number of jobs. */
  public Report recorded() {
    return new Report(plan.recorded(), observedAt, daemon, endpoint, version, nextRun);
  }

  /** Returns the cluster's name in the configuration. */
  public String cluster() {
    return plan.cluster();
  }
}
