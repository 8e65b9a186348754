package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.Presence;
import dev.backstop.policy.Wish;
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
 * Holds what the policies of a cluster amount to at one time, so that what an edit newly forbids
 * can be told from what was forbidden before it.
 *
 * @param all sorted by policy name
 */
public record Claims(List<Claim> all) {

  /** Nothing was ever claimed. */
  public static final Claims NONE = new Claims(List.of());

  /** Sorts the claims. */
  public Claims {
    List<Claim> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(Claim::policy));
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
  public record Claim(
      String policy,
      Coverage coverage,
      @Nullable Wish data,
      @Nullable Wish log,
      boolean enforced,
      boolean approved) {

    private @Nullable Wish wish(Kind kind) {
      return switch (kind) {
        case DATA -> data;
        case LOG -> log;
      };
    }

    private boolean isOn(Kind kind) {
      return wish(kind) == Wish.ON;
    }

    private Claim where(Predicate<Kind> isKept) {
      return new Claim(
          policy,
          coverage,
          isKept.test(Kind.DATA) ? data : null,
          isKept.test(Kind.LOG) ? log : null,
          enforced,
          approved);
    }
  }

  /** Returns what these policies amount to; a file that broke or vanished changes nothing yet. */
  public static Claims of(List<KnownPolicy> policies, boolean mayAct) {
    List<Claim> claims = new ArrayList<>();
    for (KnownPolicy known : policies) {
      claims.add(
          new Claim(
              known.name(),
              known.policy().coverage(),
              wish(known, Kind.DATA),
              wish(known, Kind.LOG),
              mayAct && known.policy().mode() == Mode.ENFORCE,
              known.approved()));
    }
    return new Claims(claims);
  }

  private static @Nullable Wish wish(KnownPolicy known, Kind kind) {
    if (known.presence() != Presence.COUNTED) {
      return known.policy().wish(kind);
    }
    return known.outstanding().contains(kind) ? Wish.OFF : null;
  }

  /** Returns these claims with what others say of a kind instead of what these say. */
  Claims with(Kind kind, Claims others) {
    Kind kept = kind == Kind.DATA ? Kind.LOG : Kind.DATA;
    return new Claims(
        Stream.concat(
                all.stream().map(claim -> claim.where(one -> one == kept)),
                others.all.stream().map(claim -> claim.where(one -> one == kind)))
            .filter(claim -> claim.wish(kept) != null || claim.wish(kind) != null)
            .toList());
  }

  /** Returns claims that want whatever these or others want, and forbid only what both forbid. */
  Claims narrowedBy(Claims others) {
    List<Claim> narrowed = new ArrayList<>();
    for (Claim one : all) {
      narrowed.add(one.where(kind -> one.isOn(kind) || others.say(Wish.OFF, kind, one)));
    }
    for (Claim one : others.all) {
      Claim added = one.where(kind -> one.isOn(kind) && !say(Wish.ON, kind, one));
      if (added.data() != null || added.log() != null) {
        narrowed.add(added);
      }
    }
    return new Claims(narrowed);
  }

  /** Tells whether these say so of everything that a claim covers; an off only where it may act. */
  private boolean say(Wish wish, Kind kind, Claim claim) {
    return claim
        .coverage()
        .isWithin(
            all.stream()
                .filter(one -> one.wish(kind) == wish && (wish == Wish.ON || one.enforced()))
                .map(Claim::coverage)
                .toList());
  }

  /**
   * Returns whether these may forbid what others did not: an off that may act covers more, or an on
   * beside such an off covers less.
   */
  boolean forbidsMoreThan(Claims others) {
    return Arrays.stream(Kind.values()).anyMatch(kind -> forbidsMoreThan(others, kind));
  }

  private boolean forbidsMoreThan(Claims others, Kind kind) {
    List<Claim> offs =
        all.stream().filter(one -> one.enforced() && one.wish(kind) == Wish.OFF).toList();
    return offs.stream().anyMatch(one -> !others.say(Wish.OFF, kind, one))
        || (!offs.isEmpty()
            && others.all.stream().anyMatch(one -> one.isOn(kind) && !say(Wish.ON, kind, one)));
  }

  /** Tells whether a job is forbidden: no on covers it, and an enforced off does. */
  public boolean forbids(Job job, Map<String, TenantId> names) {
    return !isWanted(job, names)
        && all.stream().anyMatch(claim -> claim.enforced() && isOffFor(claim, job, names));
  }

  /** Tells whether a job was forbidden whatever the tenants are that the server did not name. */
  boolean forbadeForSure(Job job, Map<String, TenantId> names) {
    boolean mayBeWanted =
        all.stream()
            .filter(claim -> claim.isOn(job.kind()))
            .anyMatch(
                claim -> isClusterLevel(job) || claim.coverage().mayCover(job.tenant(), names));
    return !mayBeWanted && forbids(job, names);
  }

  /** Lists the tenant names that only the server can resolve. */
  public Set<String> tenantNames() {
    Set<String> names = new TreeSet<>();
    for (Claim claim : all) {
      names.addAll(claim.coverage().names());
    }
    return names;
  }

  /** Tells whether only approved deletions forbid a job, which frees it from the budget. */
  boolean forbidsByApproval(Job job, Map<String, TenantId> names) {
    return all.stream()
        .filter(claim -> claim.enforced() && isOffFor(claim, job, names))
        .allMatch(Claim::approved);
  }

  private boolean isWanted(Job job, Map<String, TenantId> names) {
    return all.stream()
        .anyMatch(claim -> claim.isOn(job.kind()) && permits(claim.coverage(), job, names));
  }

  private static boolean isOffFor(Claim claim, Job job, Map<String, TenantId> names) {
    return claim.wish(job.kind()) == Wish.OFF && forbids(claim.coverage(), job, names);
  }

  /** Tells whether an on of this coverage speaks for a job: any does for a cluster-level one. */
  static boolean permits(Coverage coverage, Job job, Map<String, TenantId> names) {
    return isClusterLevel(job) || coverage.covers(job.tenant(), names);
  }

  /**
   * Tells whether an off of this coverage speaks of a job: tenants never of a cluster-level one.
   */
  static boolean forbids(Coverage coverage, Job job, Map<String, TenantId> names) {
    return isClusterLevel(job) ? coverage.isWholeCluster() : coverage.covers(job.tenant(), names);
  }

  /** Tells whether a job belongs to the whole cluster: tenant 1's, or the continuous archive. */
  static boolean isClusterLevel(Job job) {
    return job.object() == JobObject.ARCHIVELOG || job.tenant().coversCluster();
  }
}
