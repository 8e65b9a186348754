package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.StrayFile;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Immutable input of a plan for one cluster.
 *
 * @param cluster the cluster's name in the configuration
 * @param desired what the operator wants of it
 * @param observation what the look showed
 * @param record what was sent and seen before
 * @param restrictions what keeps the cluster from being acted on
 * @param lookedAt when the look began
 * @param now when the decision is made
 */
public record PlanInput(
    String cluster,
    PlanInput.DesiredState desired,
    Observation observation,
    TimelineInstant lookedAt,
    ClusterRecord record,
    Restrictions restrictions,
    ClockReading now) {

  /** Returns the same input with another record. */
  PlanInput with(ClusterRecord other) {
    return new PlanInput(cluster, desired, observation, lookedAt, other, restrictions, now);
  }

  /**
   * Holds what the operator wants of one cluster.
   *
   * @param policies live and remembered policies that name it
   * @param strays broken files without a good version that block it
   * @param expect who must answer; null means that the cluster is only observed
   * @param confObserves whether the configuration only observes
   * @param deletionGrace how long a file must be gone before its deletion counts
   */
  public record DesiredState(
      List<KnownPolicy> policies,
      List<StrayFile> strays,
      @Nullable ExpectedIdentity expect,
      boolean confObserves,
      Duration deletionGrace) {

    /** Copies its lists. */
    public DesiredState {
      policies = List.copyOf(policies);
      strays = List.copyOf(strays);
    }

    /** Returns whether the cluster may be acted on at all. */
    public boolean mayAct() {
      return expect != null && !confObserves;
    }

    /** Returns what the policies amount to. */
    public PolicySnapshot snapshot() {
      return PolicySnapshot.of(policies, mayAct());
    }

    /** Lists the tenant names that only the server can resolve. */
    public Set<String> tenantNames() {
      Set<String> names = new TreeSet<>();
      for (KnownPolicy known : policies) {
        names.addAll(known.policy().coverage().names());
      }
      return names;
    }
  }

  /**
   * Says who must answer.
   *
   * @param name the parameter {@code cluster}
   * @param id the parameter {@code cluster_id}
   */
  public record ExpectedIdentity(String name, long id) {}

  /**
   * Says what a person or a fault has put in the way.
   *
   * @param disarmed who disarmed the cluster and why, in words; empty for nobody
   * @param disarmRelease the command that arms it again
   * @param disarmedUntil when that ends by itself; null until armed
   * @param held what waits for a person, as far as it concerns the cluster
   * @param storeUnreadable whether the state store failed its check
   */
  public record Restrictions(
      String disarmed,
      String disarmRelease,
      @Nullable Instant disarmedUntil,
      List<HeldSet> held,
      boolean storeUnreadable) {

    /** Nothing is in the way. */
    public static final Restrictions NONE = new Restrictions("", "", null, List.of(), false);

    /** Copies the held sets. */
    public Restrictions {
      held = List.copyOf(held);
    }
  }

  /** Lists the policies that still speak of a kind. */
  List<KnownPolicy> policies(Kind kind) {
    List<KnownPolicy> policies = new ArrayList<>();
    for (KnownPolicy known : desired.policies()) {
      if (known.concerns(kind)) {
        policies.add(known);
      }
    }
    return List.copyOf(policies);
  }

  /** Lists everything that runs of a kind with its verdict; nothing where it can't be read. */
  List<JobVerdict> verdicts(Kind kind) {
    if (observation.blindTo(kind).isPresent()) {
      return List.of();
    }
    JobVerdicts verdicts = new JobVerdicts(this, kind);
    List<JobVerdict> all = new ArrayList<>();
    for (Job job : observation.jobs(kind)) {
      all.add(verdicts.of(job));
    }
    if (kind == Kind.LOG) {
      RequiredStatement.leftBehind(this)
          .map(verdicts::of)
          .filter(JobVerdict::isForbidden)
          .ifPresent(all::add);
    }
    return List.copyOf(all);
  }

  /** Lists what runs of a kind. */
  List<Job> jobs(Kind kind) {
    return JobVerdict.jobs(verdicts(kind));
  }
}
