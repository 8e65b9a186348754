package dev.backstop.simulation;

import dev.backstop.observation.Kind;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.State;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges by the truth what is shown of a kind on a cluster, on the way and in the end. */
final class StateJudge {

  private static final Duration CALM = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration HOUR_AND_MORE = Duration.ofMinutes(70);
  private static final Duration REFUSED_ANEW = Duration.ofMinutes(11);

  /** What was noted before a jump back, and lies ahead by no more, passes for another's clock. */
  private static final Duration APART = Duration.ofMinutes(1);

  private static final int CONTESTED = 3;
  private static final int AFTER_JUMP = 4;

  private final Referee referee;
  private final VirtualTime time;
  private final ExpectedPolicies expectedPolicies;
  private final StopRules stopRules;
  private final int maxStopsAtOnce;
  private boolean isStoreAnother;
  private boolean isStoreLost;

  StateJudge(
      Referee referee,
      VirtualTime time,
      ExpectedPolicies expectedPolicies,
      StopRules stopRules,
      int maxStopsAtOnce) {
    this.referee = referee;
    this.time = time;
    this.expectedPolicies = expectedPolicies;
    this.stopRules = stopRules;
    this.maxStopsAtOnce = maxStopsAtOnce;
  }

  /** What was admitted and returned before can't be told from the store any more. */
  void storeChanged(boolean isLost) {
    isStoreAnother = true;
    isStoreLost = isLost;
  }

  /** Judges the end of a deletion for one kind: nothing that it alone speaks of may run. */
  void letGo(ExpectedPolicy policy, ObservedKind observed) {
    String cluster = policy.spec().cluster();
    boolean isObserved = policy.spec().observe() || !stopRules.mayAct(cluster);
    List<TrueState> looks = observed.looks();
    boolean wasBlind = looks.isEmpty() || observed.last().at().isBefore(observed.blindAt());
    // A newer server ends every deletion; the other looks that show nothing end none.
    if (isObserved || (wasBlind && observed.isUnsupported())) {
      return;
    }
    Instant counted = policy.countedAt();
    boolean isProven =
        counted != null
            && looks.stream().filter(one -> !one.began().isBefore(counted)).count() >= 2
            && !stopRules.mustStop(cluster, observed.isData(), observed.last());
    if (!isProven) {
      referee.fault(observed.name() + ": a deletion ends without proof: " + policy);
    }
  }

  /** Judges a state at the moment that it is written down. */
  void judge(String cluster, KindPlan plan, ObservedKind observed, boolean isBlind) {
    boolean wasBlind = isBlind || plan.state() == State.UNKNOWN;
    observed.unsupported(plan.state() == State.UNSUPPORTED);
    boolean isInMotion =
        expectedPolicies.isBehind(cluster) || expectedPolicies.isComingBack(cluster);
    if (expectedPolicies.changedAt().plus(CALM).isAfter(time.now())
        || isInMotion
        || stopRules.isUnsure(cluster)) {
      return;
    }
    boolean isSeen = !wasBlind && !observed.looks().isEmpty();
    if (isStoreLost && isSeen && stopRules.mustStop(cluster, observed.isData(), observed.last())) {
      judgeLost(plan, observed);
    }
    switch (plan.state()) {
      case STOPPED, PERMITTED -> judgeQuiet(cluster, plan, observed, wasBlind);
      case UNMANAGED -> {
        if (isManaged(cluster, observed.isData())) {
          referee.fault(observed.name() + " is shown UNMANAGED although a policy speaks of it");
        }
      }
      case STOPPING, DRIFTED -> judgeMotion(cluster, plan, observed);
      case NOT_VERIFIED -> {
        Instant begun = observed.begun();
        boolean isEarly = begun == null || time.now().isBefore(begun.plus(PATIENCE).minus(CALM));
        if (isEarly && !isStoreAnother && !time.isBeyondKnowing(time.now().minus(PATIENCE))) {
          referee.fault(observed.name() + " is shown NOT_VERIFIED too early, begun " + begun);
        }
      }
      default -> {}
    }
  }

  /** While the store can't be read, what must be stopped is held. */
  private void judgeLost(KindPlan plan, ObservedKind observed) {
    switch (plan.state()) {
      case HELD, WRONG_CLUSTER, UNSUPPORTED -> {}
      default ->
          referee.fault(
              observed.name() + " is shown " + plan.state() + " although the store is unreadable");
    }
  }

  private boolean isManaged(String cluster, boolean data) {
    return stopRules.of(cluster).stream()
        .anyMatch(policy -> expectedPolicies.speaksOf(policy, data));
  }

  private void judgeQuiet(String cluster, KindPlan plan, ObservedKind observed, boolean isBlind) {
    String shown = observed.name() + " is shown " + plan.state();
    if (observed.looks().isEmpty() || isBlind) {
      referee.fault(shown + " without a look that showed it");
      return;
    }
    TrueState last = observed.last();
    if (stopRules.mustStop(cluster, observed.isData(), last)) {
      referee.fault(shown + " although something forbidden runs");
    }
    if (plan.state() == State.STOPPED && observed.shown() != State.STOPPED) {
      Optional<TrueState> first =
          observed.looks().stream()
              .filter(one -> !one.began().plus(ObservedKind.SECOND_LOOK).isAfter(last.began()))
              .reduce((one, other) -> other);
      boolean isAlone =
          first.isEmpty() || stopRules.mustStop(cluster, observed.isData(), first.get());
      if (isAlone && !referee.excuses(last.began().minus(ObservedKind.SECOND_LOOK))) {
        referee.fault(shown + " by one look only");
      }
    }
  }

  private void judgeMotion(String cluster, KindPlan plan, ObservedKind observed) {
    // After a jump of the clock the two looks that agree are taken anew.
    int from = Math.max(0, observed.looks().size() - AFTER_JUMP);
    boolean isUnsure =
        observed.looks().isEmpty()
            || time.hasJumpedSince(observed.looks().get(from).began().minus(APART));
    if (isUnsure || observed.last().leftBehind()) {
      return;
    }
    boolean runs = observed.last().runs(observed.isData());
    if (plan.state() == State.DRIFTED && !runs) {
      referee.fault(observed.name() + " is shown DRIFTED although nothing runs");
    }
    Instant since = observed.quietSince();
    // What was quiet while a window permitted it is proven anew once that is closed.
    boolean isProven =
        !runs
            && !since.equals(Instant.MAX)
            && since.isAfter(expectedPolicies.changedAt().plus(CALM))
            && since.isAfter(observed.handedOverAt())
            && stopRules.of(cluster).stream().noneMatch(policy -> policy.isInDoubtAfter(since))
            && observed.last().began().isAfter(since.plus(CALM))
            && !stopRules.hasEdgeSince(cluster, since);
    if (isProven) {
      referee.fault(
          observed.name()
              + " is shown STOPPING although proven since "
              + since
              + ": "
              + plan.reason());
    }
  }

  /** Says which kinds of a cluster have not come to where they should. */
  List<String> objections(
      String cluster, VirtualCluster server, List<Report> reports, Referee.BudgetHolds holds) {
    TrueState truth = TrueState.of(server, time.now(), time.now());
    List<String> objections = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Optional<KindPlan> plan =
          reports.stream()
              .filter(report -> report.cluster().equals(cluster))
              .map(report -> report.plan().kind(kind))
              .findFirst();
      State state = plan.map(KindPlan::state).orElse(State.UNMANAGED);
      ObservedKind observed = referee.observed(cluster, kind);
      String why = untrue(cluster, state, observed, truth, holds);
      if (!why.isEmpty()) {
        objections.add(
            "%s ends as %s, but %s: %s; %s"
                .formatted(
                    observed.name(), state, why, plan.orElse(null), expectedPolicies.shown()));
      }
    }
    return objections;
  }

  private String untrue(
      String cluster,
      State state,
      ObservedKind observed,
      TrueState truth,
      Referee.BudgetHolds holds) {
    boolean data = observed.isData();
    List<ExpectedPolicy> recorded = stopRules.of(cluster);
    boolean mustStop = stopRules.mustStop(cluster, data, truth);
    boolean isDue =
        stopRules.mayAct(cluster)
            && recorded.stream().anyMatch(policy -> policy.isDue(data) && !policy.spec().observe());
    Answer isOn = stopRules.isPermitted(cluster, data, truth);
    if (stopRules.isUnsure(cluster)) {
      return "";
    }
    return switch (state) {
      case UNMANAGED -> isManaged(cluster, data) ? "a policy speaks of it" : "";
      case PERMITTED, STOPPED -> {
        if (mustStop) {
          yield "something forbidden runs";
        }
        if (isDue) {
          yield "a deletion is not let go";
        }
        boolean isAsSaid = isOn == Answer.MAYBE || isOn == Answer.of(state == State.PERMITTED);
        yield isAsSaid ? "" : "a policy that is there says otherwise";
      }
      case DISARMED -> referee.isDisarmed(cluster) ? "" : "nobody disarmed it";
      case HELD -> isHeld(cluster, recorded, holds.since(cluster)) ? "" : "nothing holds it";
      case BLOCKED -> stopRules.isBlocked(cluster, data, truth) ? "" : "nothing is in the way";
      case WOULD_STOP ->
          !stopRules.mayAct(cluster)
                  || recorded.stream().anyMatch(policy -> policy.spec().observe())
              ? ""
              : "nothing only observes it";
      case CONTESTED ->
          observed.returns() >= CONTESTED || isStoreAnother ? "" : "too little returned";
      // A server may have its reasons for ever, as where its archive lies among its pieces.
      case REFUSED ->
          observed.isRefusedSince(time.now().minus(REFUSED_ANEW)) ? "" : "it is not tried again";
      case WRONG_CLUSTER, UNSUPPORTED, UNKNOWN, NOT_VERIFIED, STOPPING, DRIFTED ->
          "it should have come further";
    };
  }

  private boolean isHeld(
      String cluster, List<ExpectedPolicy> recorded, @Nullable Instant overBudgetSince) {
    boolean isDeletion =
        recorded.stream()
            .anyMatch(
                policy -> policy.goneSince() != null && !policy.counted() && policy.mayBeHeld());
    return isDeletion || mayBeOverBudget(cluster, overBudgetSince);
  }

  private boolean mayBeOverBudget(String cluster, @Nullable Instant wallSince) {
    if (wallSince == null || maxStopsAtOnce == 0) {
      return false;
    }
    // An hour in which somebody was there (seed 15006997).
    Instant from = referee.watched().before(wallSince, HOUR_AND_MORE);
    if (isStoreAnother || time.hasJumped() || stopRules.changedAt().isAfter(from)) {
      return true;
    }
    return referee.clusters().stream()
            .filter(other -> !other.equals(cluster))
            .filter(other -> isEditedSince(lastSeenBefore(other, from), other, wallSince))
            .count()
        >= maxStopsAtOnce;
  }

  private boolean isEditedSince(Instant from, String cluster, Instant until) {
    return expectedPolicies.edited(from, until.plus(CALM)).contains(cluster);
  }

  /** What is edited while a cluster can't be seen takes its unit when it can be. */
  private Instant lastSeenBefore(String cluster, Instant moment) {
    Instant last = moment;
    for (Kind kind : Kind.values()) {
      Instant seen = referee.observed(cluster, kind).lastBefore(moment);
      last = seen.isBefore(last) ? seen : last;
    }
    return last;
  }
}
