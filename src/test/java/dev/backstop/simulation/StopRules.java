package dev.backstop.simulation;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.plan.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says by the referee's own book whether jobs may or must be stopped. */
final class StopRules {

  private final ExpectedPolicies expectedPolicies;
  private final Set<String> unexpected;

  /** So far apart may the clocks be before a window stops anything. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** So much longer a look may take than the clock it shows is old. */
  private static final Duration MEASURED = Duration.ofSeconds(61);

  private static final Duration UNSURE = Duration.ofSeconds(60);

  private final Map<String, Duration> clocks = new HashMap<>();
  private final Map<String, Boolean> observers = new HashMap<>();
  private boolean confObserves;
  private Instant changedAt = Instant.EPOCH;

  /** Takes the clusters for which the configuration expects no identity. */
  StopRules(ExpectedPolicies expectedPolicies, Set<String> unexpected) {
    this.expectedPolicies = expectedPolicies;
    this.unexpected = Set.copyOf(unexpected);
  }

  /** A process reads its configuration; one that began before goes on by its own. */
  void configured(String owner, boolean observes, Instant now) {
    if (observes != confObserves) {
      changedAt = now;
    }
    confObserves = observes;
    observers.put(owner, observes);
  }

  /** A person's command reads the configuration as it is now. */
  void reads(String owner, boolean observes) {
    observers.put(owner, observes);
  }

  /** Returns when the configuration last began, or ceased, to let Backstop only observe. */
  Instant changedAt() {
    return changedAt;
  }

  boolean mayAct(String cluster) {
    return !observers.getOrDefault(expectedPolicies.owner(), false)
        && !unexpected.contains(cluster);
  }

  List<ExpectedPolicy> of(String cluster) {
    List<ExpectedPolicy> of = new ArrayList<>();
    for (ExpectedPolicy policy : expectedPolicies.shown().values()) {
      if (policy.spec().cluster().equals(cluster)) {
        of.add(policy.asOf(expectedPolicies.wall()));
      }
    }
    return of;
  }

  private List<FileContent.PolicySpec> written(String cluster) {
    List<FileContent.PolicySpec> written = new ArrayList<>();
    for (ExpectedPolicy policy : expectedPolicies.shown().values()) {
      if (policy.spec().cluster().equals(cluster) && !policy.counted()) {
        written.add(policy.spec());
      }
    }
    return written;
  }

  /** Returns whether nobody can say whether a window was open when somebody else judged. */
  boolean isUnsure(String cluster) {
    List<FileContent.PolicySpec> written = written(cluster);
    Instant wall = expectedPolicies.wall();
    return written.stream().anyMatch(spec -> spec.limits().isNearEdge(wall))
        || (written.stream().anyMatch(spec -> spec.limits().hasWindow())
            && expectedPolicies.hasJumpedSince(expectedPolicies.now().minus(UNSURE)));
  }

  /** Returns whether a window has opened or closed since a true time. */
  boolean hasEdgeSince(String cluster, Instant since) {
    Instant from = since.plus(Duration.between(expectedPolicies.now(), expectedPolicies.wall()));
    return written(cluster).stream()
        .anyMatch(spec -> spec.limits().hasEdgeBetween(from, expectedPolicies.wall()));
  }

  /** Returns whether a closed window speaks against an owner's jobs. */
  private boolean isByWindow(String cluster, boolean data, long owner) {
    Instant wall = expectedPolicies.wall();
    return written(cluster).stream()
        .filter(spec -> spec.isOn(data) && !spec.limits().isOpen(wall))
        .anyMatch(spec -> spec.tenants().isEmpty() || (owner != 1 && spec.names(owner)));
  }

  private boolean clocksDisagree(String cluster) {
    Duration server = clocks.getOrDefault(cluster, Duration.ZERO);
    Duration own = Duration.between(expectedPolicies.now(), expectedPolicies.wall());
    return own.minus(server).abs().compareTo(TOLERANCE) > 0;
  }

  private boolean clocksAreClose(String cluster) {
    Duration server = clocks.getOrDefault(cluster, Duration.ZERO);
    Duration own = Duration.between(expectedPolicies.now(), expectedPolicies.wall());
    return own.minus(server).abs().compareTo(TOLERANCE.minus(MEASURED)) <= 0;
  }

  /** A look showed the server's clock to be so far from the true time. */
  void clock(String cluster, Duration off) {
    clocks.put(cluster, off);
  }

  /** Returns whether a policy that lists destinations permits a job. */
  boolean asksDestination(String cluster, Job job) {
    return of(cluster).stream()
        .filter(policy -> policy.spec().limits().isListing())
        .anyMatch(policy -> policy.wants(job.kind() == Kind.DATA, job.tenant().value()));
  }

  /** Lists why the jobs that a statement hits may not be stopped; empty where they may. */
  String objection(String cluster, Statement statement, TrueState seen, @Nullable Instant begun) {
    boolean data = statement == Statement.CANCEL_BACKUPSET;
    List<Long> owners = seen.owners(data);
    boolean isStop = statement == Statement.STOP_ARCHIVELOG;
    if (isStop && !seen.pieces().isEmpty()) {
      return "piece jobs exist";
    }
    if (isStop && !seen.archives() && seen.leftBehind()) {
      owners.add(1L);
    }
    if (owners.isEmpty()) {
      return "nothing runs";
    }
    List<ExpectedPolicy> recorded = of(cluster);
    boolean isUnsure = isUnsure(cluster);
    for (long owner : owners) {
      String why = objection(recorded, data, owner, begun);
      if (!why.isEmpty() && !isUnsure) {
        return "a job of tenant " + owner + ": " + why;
      }
      if (isByWindow(cluster, data, owner) && clocksDisagree(cluster) && !isUnsure) {
        return "a window stops a job of tenant " + owner + " although the clocks disagree";
      }
    }
    boolean hasGhost =
        recorded.stream()
            .anyMatch(
                policy ->
                    !policy.counted() && policy.spec().isOn(data) && policy.spec().namesGhost());
    if (hasGhost && owners.stream().anyMatch(owner -> owner != 1)) {
      return "a policy says on for a tenant that nobody knows";
    }
    if (begun == null) {
      for (FileContent content : expectedPolicies.strays()) {
        if (content.maySpeakOf(cluster)) {
          return "a broken file may permit it: " + content.text();
        }
      }
    }
    return "";
  }

  private static String objection(
      List<ExpectedPolicy> recorded, boolean data, long owner, @Nullable Instant begun) {
    boolean hasGround = false;
    String doubt = "";
    for (ExpectedPolicy policy : recorded) {
      if (policy.wants(data, owner)) {
        return "wanted by " + policy.spec().name();
      }
      hasGround |= policy.isGround(data, owner, begun);
      boolean isOff = !policy.spec().observe() && policy.opposes(data, owner);
      if (isOff && !policy.counted() && policy.inDoubtSince() != null) {
        doubt = policy.goneSince() == null ? "a file that is broken or changes" : "a missing file";
      }
    }
    if (hasGround) {
      return "";
    }
    return doubt.isEmpty() ? "nothing forbids it" : "only " + doubt + " forbids it";
  }

  /** Returns whether an owner's jobs are forbidden whatever the files are like just now. */
  boolean forbids(List<ExpectedPolicy> recorded, String cluster, boolean data, long owner) {
    boolean hasGround = false;
    for (ExpectedPolicy policy : recorded) {
      if (policy.wants(data, owner)) {
        return false;
      }
      hasGround |= !policy.spec().observe() && policy.opposes(data, owner);
    }
    return hasGround && mayAct(cluster);
  }

  /** Returns whether only deletions that a person approved speak against an owner's jobs. */
  static boolean isByApproval(List<ExpectedPolicy> recorded, boolean data, long owner) {
    for (ExpectedPolicy policy : recorded) {
      if (!policy.spec().observe() && policy.opposes(data, owner) && !policy.approved()) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether something runs that a good file or a deletion that counts forbids for sure. */
  boolean mustStop(String cluster, boolean data, TrueState seen) {
    if (!seen.runs(data) || !mayAct(cluster) || isUnsure(cluster)) {
      return false;
    }
    List<ExpectedPolicy> recorded = of(cluster);
    for (long owner : seen.owners(data)) {
      boolean isByClock = isByWindow(cluster, data, owner) && !clocksAreClose(cluster);
      if (!isByClock && objection(recorded, data, owner, null).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether anything at all speaks or may speak for an owner's jobs, or leaves them be. */
  boolean isBlocked(String cluster, boolean data, TrueState seen) {
    List<ExpectedPolicy> recorded = of(cluster);
    boolean hasDoubt = recorded.stream().anyMatch(policy -> policy.doubtSince() != null);
    boolean hasGhost = recorded.stream().anyMatch(policy -> policy.spec().namesGhost());
    boolean isByClock =
        !clocksAreClose(cluster)
            && seen.owners(data).stream().anyMatch(owner -> isByWindow(cluster, data, owner));
    if (isByClock
        || isUnsure(cluster)
        || hasDoubt
        || hasGhost
        || !expectedPolicies.strays().isEmpty()) {
      return true;
    }
    for (long owner : seen.owners(data)) {
      if (!objection(recorded, data, owner, null).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a file is there again whose policy's deletion had counted. */
  boolean isComingBack(String cluster) {
    return expectedPolicies.isComingBack(cluster);
  }

  boolean usesNames(String cluster) {
    return of(cluster).stream().anyMatch(policy -> policy.spec().usesNames());
  }
}
