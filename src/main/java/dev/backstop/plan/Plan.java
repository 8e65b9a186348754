package dev.backstop.plan;

import dev.backstop.observation.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Result of evaluating one observation of a cluster; a plan that does nothing is a plan like any
 * other.
 *
 * @param cluster the cluster's name in the configuration
 * @param at the instant of the decision
 * @param kinds data, then log
 * @param releases deletions that this plan ends, kind by kind
 * @param nextLook when the plan itself wants the next look; null where the schedule is enough
 */
public record Plan(
    String cluster,
    Instant at,
    List<KindPlan> kinds,
    List<Release> releases,
    @Nullable Instant nextLook) {

  /** Copies its lists. */
  public Plan {
    kinds = List.copyOf(kinds);
    releases = List.copyOf(releases);
  }

  /** Returns the plan of one kind. */
  public KindPlan kind(Kind kind) {
    return kinds.stream().filter(plan -> plan.kind() == kind).findFirst().orElseThrow();
  }

  /** Returns the plan as it is recorded, which lists a limited number of jobs. */
  public Plan recorded() {
    return new Plan(
        cluster, at, kinds.stream().map(KindPlan::recorded).toList(), releases, nextLook);
  }

  /** Returns the plan with the next look wanted at once. */
  public Plan lookingAgain() {
    return new Plan(cluster, at, kinds, releases, at);
  }

  /** Lists what would be sent now, in order. */
  public List<Statement> statements() {
    return kinds.stream().flatMap(plan -> Optional.ofNullable(plan.statement()).stream()).toList();
  }

  /**
   * Ends a deletion in effect for one kind.
   *
   * @param policy the deleted policy's name
   * @param kind which half of it
   * @param cause why it ends
   */
  public record Release(String policy, Kind kind, Cause cause) {

    /** Names why a deletion in effect ends. */
    public enum Cause {
      /** Two looks agree that nothing it forbids runs. */
      PROVEN,
      /** It was only observed: recorded as what would have been stopped. */
      WOULD_STOP,
      /** The cluster is 4.0 or later. */
      UNSUPPORTED
    }
  }
}
