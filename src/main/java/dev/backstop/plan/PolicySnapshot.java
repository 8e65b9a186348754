package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Limits;
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
public record PolicySnapshot(List<PolicyTerm> all) {

  /** Nothing was ever claimed. */
  public static final PolicySnapshot NONE = new PolicySnapshot(List.of());

  /** Sorts the terms. */
  public PolicySnapshot {
    List<PolicyTerm> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(PolicyTerm::policy));
    all = List.copyOf(sorted);
  }

  /** Returns what these policies amount to; a file that broke or vanished changes nothing yet. */
  public static PolicySnapshot of(List<KnownPolicy> policies, boolean mayAct) {
    List<PolicyTerm> snapshot = new ArrayList<>();
    for (KnownPolicy known : policies) {
      snapshot.add(
          new PolicyTerm(
              known.name(),
              known.policy().coverage(),
              desired(known, Kind.DATA),
              desired(known, Kind.LOG),
              mayAct && known.policy().mode() == Mode.ENFORCE,
              known.effectiveDeletion().map(DeletionEffective::isApproved).orElse(false),
              known.effectiveDeletion().isPresent() ? Limits.NONE : known.policy().limits()));
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
    List<PolicyTerm> narrowed = new ArrayList<>();
    for (PolicyTerm one : all) {
      narrowed.add(
          one.where(kind -> one.isOn(kind) ? one.limits().isNone() : others.restrict(kind, one)));
      if (!one.limits().isNone()) {
        // Outside its limits an on forbids, too: only what others forbid as well.
        narrowed.add(one.where(kind -> one.isOn(kind) && others.restrict(kind, one)));
        narrowed.add(
            one.where(kind -> one.isOn(kind) && !others.restrict(kind, one)).withoutForce());
      }
    }
    for (PolicyTerm one : others.all) {
      PolicyTerm added = one.where(kind -> one.isOn(kind) && !permit(kind, one));
      // What these forbid as well is forbidden by their own terms.
      narrowed.add(one.limits().isNone() ? added : added.withoutForce());
    }
    narrowed.removeIf(PolicyTerm::isEmpty);
    return new PolicySnapshot(narrowed);
  }

  /** Returns whether these permit everything that an on permits. */
  private boolean permit(Kind kind, PolicyTerm term) {
    return term.coverage().isWithin(coverages(one -> one.isOn(kind) && one.permitsAsMuchAs(term)));
  }

  /**
   * Returns whether these forbid something, by terms that may act, of everything that one covers.
   */
  private boolean restrict(Kind kind, PolicyTerm term) {
    return term.coverage().isWithin(coverages(one -> one.restricts(kind)));
  }

  private List<Coverage> coverages(Predicate<PolicyTerm> which) {
    return all.stream().filter(which).map(PolicyTerm::coverage).toList();
  }

  /**
   * Returns whether these may forbid what others did not: an off that may act covers more, or an on
   * beside such an off covers less.
   */
  boolean forbidsMoreThan(PolicySnapshot others) {
    return Arrays.stream(Kind.values()).anyMatch(kind -> forbidsMoreThan(others, kind));
  }

  private boolean forbidsMoreThan(PolicySnapshot others, Kind kind) {
    List<PolicyTerm> offs = all.stream().filter(one -> one.restricts(kind)).toList();
    return offs.stream().anyMatch(one -> !others.restrict(kind, one))
        || (!offs.isEmpty()
            && others.all.stream().anyMatch(one -> one.isOn(kind) && !permit(kind, one)));
  }

  /** Returns whether a job is forbidden: no on permits it, and an enforced off or limit does. */
  boolean forbids(Job job, VerdictContext context) {
    return !isWanted(job, context)
        && all.stream().anyMatch(term -> term.enforced() && isOffFor(term, job, context));
  }

  /**
   * Returns whether a job was forbidden whatever the tenants and the destinations are that the
   * server did not show, and whatever the time is where the clocks disagree.
   */
  boolean forbadeForSure(Job job, VerdictContext context) {
    boolean mayBeWanted =
        all.stream()
            .filter(term -> term.isOn(job.kind()) && !isOutsideForSure(term, job, context))
            .anyMatch(
                term ->
                    isClusterLevel(job)
                        || term.coverage().mayCover(job.tenant(), context.tenantIds()));
    return !mayBeWanted && forbids(job, context);
  }

  /** Returns whether an on of any of them is limited. */
  public boolean hasLimits() {
    return all.stream().anyMatch(term -> !term.limits().isNone());
  }

  /** Lists the tenant names that only the server can resolve. */
  public Set<String> tenantNames() {
    Set<String> names = new TreeSet<>();
    for (PolicyTerm term : all) {
      names.addAll(term.coverage().names());
    }
    return names;
  }

  /** Returns whether only approved deletions forbid a job, which frees it from the budget. */
  boolean forbidsByApproval(Job job, VerdictContext context) {
    return all.stream()
        .filter(term -> term.enforced() && isOffFor(term, job, context))
        .allMatch(PolicyTerm::approved);
  }

  private boolean isWanted(Job job, VerdictContext context) {
    return all.stream()
        .anyMatch(
            term ->
                isOnFor(term, job, context) && permits(term.coverage(), job, context.tenantIds()));
  }

  private static boolean isOnFor(PolicyTerm term, Job job, VerdictContext context) {
    return term.isOn(job.kind()) && context.breach(term.limits(), job).isEmpty();
  }

  private static boolean isOffFor(PolicyTerm term, Job job, VerdictContext context) {
    return (term.desired(job.kind()) == Desired.OFF
            || (term.isOn(job.kind()) && isOutside(term, job, context)))
        && forbids(term.coverage(), job, context.tenantIds());
  }

  private static boolean isOutside(PolicyTerm term, Job job, VerdictContext context) {
    return context.breach(term.limits(), job).filter(LimitBreach::isOff).isPresent();
  }

  private static boolean isOutsideForSure(PolicyTerm term, Job job, VerdictContext context) {
    return context
        .breach(term.limits(), job)
        .filter(LimitBreach::isOff)
        .filter(breach -> breach.limit() != LimitBreach.Limit.WINDOW || context.doClocksAgree())
        .isPresent();
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
