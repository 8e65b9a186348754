package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable snapshot of what the policies of a cluster amount to, so that what an edit newly
 * forbids can be told from what was forbidden before it.
 *
 * @param all sorted by policy name
 */
public record PolicySnapshot(List<PolicySnapshot.PolicyTerm> all) {

  /** Nothing was ever claimed. */
  public static final PolicySnapshot NONE = new PolicySnapshot(List.of());

  /** Sorts the terms. */
  public PolicySnapshot {
    List<PolicySnapshot.PolicyTerm> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(PolicySnapshot.PolicyTerm::policy));
    all = List.copyOf(sorted);
  }

  /**
   * Says what one policy amounts to.
   *
   * @param policy its name
   * @param coverage whose jobs
   * @param data its wish for data; null for a counted deletion whose data is proven
   * @param log its wish for log; null for a counted deletion whose log is proven
   * @param enforced whether it may act
   * @param approved whether a person let this deletion count
   */
  public record PolicyTerm(
      String policy,
      Coverage coverage,
      @Nullable Desired data,
      @Nullable Desired log,
      boolean enforced,
      boolean approved) {

    private @Nullable Desired desired(Kind kind) {
      return switch (kind) {
        case DATA -> data;
        case LOG -> log;
      };
    }

    private boolean isOn(Kind kind) {
      return desired(kind) == Desired.ON;
    }

    private PolicySnapshot.PolicyTerm where(Predicate<Kind> isKept) {
      return new PolicySnapshot.PolicyTerm(
          policy,
          coverage,
          isKept.test(Kind.DATA) ? data : null,
          isKept.test(Kind.LOG) ? log : null,
          enforced,
          approved);
    }
  }

  /** Returns what these policies amount to; a file that broke or vanished changes nothing yet. */
  public static PolicySnapshot of(List<KnownPolicy> policies, boolean mayAct) {
    List<PolicySnapshot.PolicyTerm> snapshot = new ArrayList<>();
    for (KnownPolicy known : policies) {
      snapshot.add(
          new PolicySnapshot.PolicyTerm(
              known.name(),
              known.policy().coverage(),
              desired(known, Kind.DATA),
              desired(known, Kind.LOG),
              mayAct && known.policy().mode() == Mode.ENFORCE,
              known.effectiveDeletion().map(DeletionEffective::isApproved).orElse(false)));
    }
    return new PolicySnapshot(snapshot);
  }

  private static @Nullable Desired desired(KnownPolicy known, Kind kind) {
    if (known.effectiveDeletion().isEmpty()) {
      return known.policy().desired(kind);
    }
    return known.concerns(kind) ? Desired.OFF : null;
  }

  /** Returns these terms with what others say of a kind instead of what these say. */
  PolicySnapshot with(Kind kind, PolicySnapshot others) {
    Kind kept = kind == Kind.DATA ? Kind.LOG : Kind.DATA;
    return new PolicySnapshot(
        Stream.concat(
                all.stream().map(term -> term.where(one -> one == kept)),
                others.all.stream().map(term -> term.where(one -> one == kind)))
            .filter(term -> term.desired(kept) != null || term.desired(kind) != null)
            .toList());
  }

  /**
   * Returns a snapshot that want whatever these or others want, and forbid only what both forbid.
   */
  PolicySnapshot narrowedBy(PolicySnapshot others) {
    List<PolicySnapshot.PolicyTerm> narrowed = new ArrayList<>();
    for (PolicySnapshot.PolicyTerm one : all) {
      narrowed.add(one.where(kind -> one.isOn(kind) || others.say(Desired.OFF, kind, one)));
    }
    for (PolicySnapshot.PolicyTerm one : others.all) {
      PolicySnapshot.PolicyTerm added =
          one.where(kind -> one.isOn(kind) && !say(Desired.ON, kind, one));
      if (added.data() != null || added.log() != null) {
        narrowed.add(added);
      }
    }
    return new PolicySnapshot(narrowed);
  }

  /**
   * Returns whether these say so of everything that a term covers; an off only where it may act.
   */
  private boolean say(Desired desired, Kind kind, PolicySnapshot.PolicyTerm term) {
    return term.coverage()
        .isWithin(
            all.stream()
                .filter(
                    one ->
                        one.desired(kind) == desired && (desired == Desired.ON || one.enforced()))
                .map(PolicySnapshot.PolicyTerm::coverage)
                .toList());
  }

  /**
   * Returns whether these may forbid what others did not: an off that may act covers more, or an on
   * beside such an off covers less.
   */
  boolean forbidsMoreThan(PolicySnapshot others) {
    return Arrays.stream(Kind.values()).anyMatch(kind -> forbidsMoreThan(others, kind));
  }

  private boolean forbidsMoreThan(PolicySnapshot others, Kind kind) {
    List<PolicySnapshot.PolicyTerm> offs =
        all.stream().filter(one -> one.enforced() && one.desired(kind) == Desired.OFF).toList();
    return offs.stream().anyMatch(one -> !others.say(Desired.OFF, kind, one))
        || (!offs.isEmpty()
            && others.all.stream().anyMatch(one -> one.isOn(kind) && !say(Desired.ON, kind, one)));
  }

  /** Returns whether a job is forbidden: no on covers it, and an enforced off does. */
  public boolean forbids(Job job, Map<String, TenantId> names) {
    return !isWanted(job, names)
        && all.stream().anyMatch(term -> term.enforced() && isOffFor(term, job, names));
  }

  /** Returns whether a job was forbidden whatever the tenants are that the server did not name. */
  boolean forbadeForSure(Job job, Map<String, TenantId> names) {
    boolean mayBeWanted =
        all.stream()
            .filter(term -> term.isOn(job.kind()))
            .anyMatch(term -> isClusterLevel(job) || term.coverage().mayCover(job.tenant(), names));
    return !mayBeWanted && forbids(job, names);
  }

  /** Lists the tenant names that only the server can resolve. */
  public Set<String> tenantNames() {
    Set<String> names = new TreeSet<>();
    for (PolicySnapshot.PolicyTerm term : all) {
      names.addAll(term.coverage().names());
    }
    return names;
  }

  /** Returns whether only approved deletions forbid a job, which frees it from the budget. */
  boolean forbidsByApproval(Job job, Map<String, TenantId> names) {
    return all.stream()
        .filter(term -> term.enforced() && isOffFor(term, job, names))
        .allMatch(PolicySnapshot.PolicyTerm::approved);
  }

  private boolean isWanted(Job job, Map<String, TenantId> names) {
    return all.stream()
        .anyMatch(term -> term.isOn(job.kind()) && permits(term.coverage(), job, names));
  }

  private static boolean isOffFor(
      PolicySnapshot.PolicyTerm term, Job job, Map<String, TenantId> names) {
    return term.desired(job.kind()) == Desired.OFF && forbids(term.coverage(), job, names);
  }

  /** Returns whether an on of this coverage speaks for a job: any does for a cluster-level one. */
  static boolean permits(Coverage coverage, Job job, Map<String, TenantId> names) {
    return isClusterLevel(job) || coverage.covers(job.tenant(), names);
  }

  /**
   * Returns whether an off of this coverage speaks of a job: tenants never of a cluster-level one.
   */
  static boolean forbids(Coverage coverage, Job job, Map<String, TenantId> names) {
    return isClusterLevel(job) ? coverage.isWholeCluster() : coverage.covers(job.tenant(), names);
  }

  /** Returns whether a job belongs to the whole cluster: tenant 1's, or the continuous archive. */
  static boolean isClusterLevel(Job job) {
    return job.object() == JobObject.ARCHIVELOG || job.tenant().coversCluster();
  }
}
