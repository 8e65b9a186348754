package dev.backstop.simulation;

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
  private final LimitRules limits;
  private final Ages ages;
  private final Set<String> unexpected;

  /** So far apart may the clocks be before a window stops anything. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** So much longer a look may take than the clock it shows is old. */
  private static final Duration MEASURED = Duration.ofSeconds(61);

  private static final Duration UNSURE = Duration.ofSeconds(60);

  private final Map<String, ServerClock> clocks = new HashMap<>();
  private final Map<String, Boolean> observers = new HashMap<>();
  private boolean confObserves;
  private Instant changedAt = Instant.EPOCH;

  /** Knows how long jobs have run. */
  interface Ages {
    JobAges of(String cluster, boolean data);
  }

  /** Takes the clusters for which the configuration expects no identity. */
  StopRules(ExpectedPolicies expectedPolicies, Ages ages, Set<String> unexpected) {
    this.expectedPolicies = expectedPolicies;
    this.limits = new LimitRules(expectedPolicies);
    this.ages = ages;
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
        of.add(policy);
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
    Instant wall = expectedPolicies.wall();
    return written(cluster).stream().anyMatch(spec -> spec.limits().isNearEdge(wall))
        || isUnsureAfterJump(cluster);
  }

  private boolean isUnsureAfterJump(String cluster) {
    return written(cluster).stream().anyMatch(spec -> spec.limits().hasWindow()) && hasJustJumped();
  }

  /** Returns whether somebody else may have judged by what the clock showed before a jump. */
  boolean hasJustJumped() {
    return expectedPolicies.hasJumpedSince(expectedPolicies.now().minus(UNSURE));
  }

  /** Returns whether a window has opened or closed since a true time. */
  boolean hasEdgeSince(String cluster, Instant since) {
    Instant from = since.plus(Duration.between(expectedPolicies.now(), expectedPolicies.wall()));
    return written(cluster).stream()
        .anyMatch(spec -> spec.limits().hasEdgeBetween(from, expectedPolicies.wall()));
  }

  /** Returns whether a closed window alone speaks for a policy against a job. */
  private boolean isByWindow(String cluster, boolean data, TrueJob job, Leaning leaning) {
    return of(cluster).stream()
        .anyMatch(
            policy -> limits.isOffByWindow(policy, data, job, ages(cluster, data)).is(leaning));
  }

  private JobAges ages(String cluster, boolean data) {
    return ages.of(cluster, data);
  }

  /** Within a look nobody knows when the server read its clock (seed 12045669). */
  private boolean clocksDisagree(String cluster) {
    ServerClock server = clocks.getOrDefault(cluster, ServerClock.TRUE);
    return apart(server).compareTo(TOLERANCE.plus(server.lookLength())) > 0;
  }

  private boolean clocksAreClose(String cluster) {
    ServerClock server = clocks.getOrDefault(cluster, ServerClock.TRUE);
    return apart(server).compareTo(TOLERANCE.minus(MEASURED)) <= 0;
  }

  private Duration apart(ServerClock server) {
    Duration own = Duration.between(expectedPolicies.now(), expectedPolicies.wall());
    return own.minus(server.off()).abs();
  }

  /** A look of this length showed the server's clock to be so far from the true time. */
  void clock(String cluster, Duration off, Duration lookLength) {
    clocks.put(cluster, new ServerClock(off, lookLength));
  }

  private record ServerClock(Duration off, Duration lookLength) {
    static final ServerClock TRUE = new ServerClock(Duration.ZERO, Duration.ZERO);
  }

  /**
   * Returns whether a policy that lists destinations asks where a job writes to. Nobody can be sure
   * where the clock was set since a window was judged.
   */
  boolean asksDestination(String cluster, boolean data, TrueJob job, Leaning leaning) {
    if (leaning == Leaning.SURELY && isUnsureAfterJump(cluster)) {
      return false;
    }
    return of(cluster).stream()
        .anyMatch(
            policy -> limits.asksDestination(policy, data, job, ages(cluster, data)).is(leaning));
  }

  /** Lists why the jobs that a statement hits may not be stopped; empty where they may. */
  String objection(String cluster, Statement statement, TrueState seen, @Nullable Instant begun) {
    boolean data = statement == Statement.CANCEL_BACKUPSET;
    List<TrueJob> jobs = seen.running(data);
    boolean isStop = statement == Statement.STOP_ARCHIVELOG;
    if (isStop && !seen.pieces().isEmpty()) {
      return "piece jobs exist";
    }
    if (isStop && !seen.archives() && seen.leftBehind()) {
      jobs.add(seen.archiveJob());
    }
    if (jobs.isEmpty()) {
      return "nothing runs";
    }
    boolean isUnsure = isUnsureAfterJump(cluster);
    for (TrueJob job : jobs) {
      String why = objection(of(cluster), cluster, data, job, begun, Leaning.SURELY);
      if (!why.isEmpty() && !isUnsure) {
        return job + ": " + why;
      }
      if (isByWindow(cluster, data, job, Leaning.SURELY) && clocksDisagree(cluster) && !isUnsure) {
        return "a window stops " + job + " although the clocks disagree";
      }
    }
    if (!isUnsure && isBesideGhost(cluster, data, jobs)) {
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

  /** Returns whether an on may be meant for a tenant whose job is stopped. */
  private boolean isBesideGhost(String cluster, boolean data, List<TrueJob> jobs) {
    List<ExpectedPolicy> ofGhosts =
        of(cluster).stream()
            .filter(policy -> !policy.counted())
            .filter(policy -> policy.spec().isOn(data) && policy.spec().namesGhost())
            .toList();
    return jobs.stream()
        .filter(job -> job.owner() != 1)
        .anyMatch(
            job ->
                ofGhosts.stream()
                    .map(policy -> policy.spec().limits())
                    .anyMatch(one -> limits.permits(one, job, ages(cluster, data)) == Answer.YES));
  }

  /**
   * Returns why a job may not be stopped; empty where it may.
   *
   * @param leaning whether only what speaks for the job beyond doubt counts, or all that may
   */
  private String objection(
      List<ExpectedPolicy> recorded,
      String cluster,
      boolean data,
      TrueJob job,
      @Nullable Instant begun,
      Leaning leaning) {
    Leaning against = leaning == Leaning.SURELY ? Leaning.POSSIBLY : Leaning.SURELY;
    JobAges known = ages(cluster, data);
    boolean hasGround = false;
    String doubt = "";
    for (ExpectedPolicy policy : recorded) {
      if (limits.wants(policy, data, job, known).is(leaning)) {
        return "wanted by " + policy.spec().name();
      }
      boolean isOff =
          !policy.spec().observe() && limits.opposes(policy, data, job, known).is(against);
      Instant groundless = policy.groundlessSince();
      hasGround |= isOff && (groundless == null || (begun != null && !begun.isAfter(groundless)));
      if (isOff && !policy.counted() && policy.inDoubtSince() != null) {
        doubt = policy.goneSince() == null ? "a file that is broken or changes" : "a missing file";
      }
    }
    if (hasGround) {
      return "";
    }
    return doubt.isEmpty() ? "nothing forbids it" : "only " + doubt + " forbids it";
  }

  /** Returns whether policies forbid a job, whatever the files are like just now. */
  Answer forbids(List<ExpectedPolicy> recorded, String cluster, boolean data, TrueJob job) {
    Answer wanted = Answer.NO;
    Answer hasGround = Answer.NO;
    JobAges known = ages(cluster, data);
    for (ExpectedPolicy policy : recorded) {
      wanted = wanted.or(limits.wants(policy, data, job, known));
      if (!policy.spec().observe()) {
        hasGround = hasGround.or(limits.opposes(policy, data, job, known));
      }
    }
    return hasGround.and(wanted.not());
  }

  /** Returns whether only deletions that a person approved speak against a job. */
  boolean isByApproval(String cluster, boolean data, TrueJob job) {
    return of(cluster).stream()
        .filter(policy -> !policy.spec().observe() && !policy.approved())
        .noneMatch(
            policy -> limits.opposes(policy, data, job, ages(cluster, data)).is(Leaning.SURELY));
  }

  /** Returns whether something runs that a good file or a deletion that counts forbids for sure. */
  boolean mustStop(String cluster, boolean data, TrueState seen) {
    if (!seen.runs(data) || !mayAct(cluster) || isUnsure(cluster)) {
      return false;
    }
    for (TrueJob job : seen.running(data)) {
      boolean isByClock =
          !clocksAreClose(cluster) && isByWindow(cluster, data, job, Leaning.POSSIBLY);
      if (!isByClock
          && objection(of(cluster), cluster, data, job, null, Leaning.POSSIBLY).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether anything at all speaks or may speak for a job, or leaves it be. */
  boolean isBlocked(String cluster, boolean data, TrueState seen) {
    List<ExpectedPolicy> recorded = of(cluster);
    boolean hasDoubt = recorded.stream().anyMatch(policy -> policy.doubtSince() != null);
    boolean hasGhost = recorded.stream().anyMatch(policy -> policy.spec().namesGhost());
    boolean isByClock =
        !clocksAreClose(cluster)
            && seen.running(data).stream()
                .anyMatch(job -> isByWindow(cluster, data, job, Leaning.POSSIBLY));
    return isByClock
        || isUnsure(cluster)
        || hasDoubt
        || hasGhost
        || !expectedPolicies.strays().isEmpty()
        || seen.running(data).stream()
            .anyMatch(
                job -> !objection(recorded, cluster, data, job, null, Leaning.POSSIBLY).isEmpty());
  }

  /** Returns whether a kind is permitted: by an on within its window, or for what may finish. */
  Answer isPermitted(String cluster, boolean data, TrueState seen) {
    Answer permitted = Answer.NO;
    for (ExpectedPolicy policy : of(cluster)) {
      boolean isOn = !policy.counted() && policy.goneSince() == null && policy.spec().isOn(data);
      if (isOn && policy.spec().limits().isOpen(expectedPolicies.wall())) {
        return Answer.YES;
      }
      for (TrueJob job : isOn ? seen.running(data) : List.<TrueJob>of()) {
        permitted = permitted.or(limits.wants(policy, data, job, ages(cluster, data)));
      }
    }
    return permitted;
  }

  /** Returns whether a file is there again whose policy's deletion had counted. */
  boolean isComingBack(String cluster) {
    return expectedPolicies.isComingBack(cluster);
  }

  boolean usesNames(String cluster) {
    return of(cluster).stream().anyMatch(policy -> policy.spec().usesNames());
  }
}
