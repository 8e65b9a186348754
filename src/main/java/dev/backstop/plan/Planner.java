package dev.backstop.plan;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.Plan.Release;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileState;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the desired state of a cluster with an observation, and returns state, reason and the
 * statement to send now. A function: the same input always leads to the same plan.
 *
 * <p>The record in the input is brought up to its look by {@link OutcomeTracker} before.
 */
public final class Planner {

  private static final Duration PERMIT_RETRY = Duration.ofSeconds(5);

  private final List<Guard> guards;

  /** Plans with every guard. */
  public Planner() {
    this(EnumSet.allOf(Guard.class));
  }

  /** Plans with these guards only, so that a test can show that each one is missed. */
  Planner(Set<Guard> guards) {
    this.guards = guards.stream().sorted().toList();
  }

  /** Plans one cluster. */
  public Plan plan(PlanInput input) {
    List<KindPlan> kinds = new ArrayList<>();
    List<Release> releases = new ArrayList<>();
    Instant nextLook = null;
    for (Kind kind : Kind.values()) {
      Verdict verdict = verdict(input, kind);
      kinds.add(verdict.plan());
      nextLook = earliest(nextLook, verdict.nextLook());
      releases.addAll(releases(input, kind));
    }
    return new Plan(input.cluster(), input.now().wall(), kinds, releases, nextLook);
  }

  /** Describes what a refusal of a kind's statement may depend on, to be remembered with it. */
  public String refusalContext(PlanInput input, Kind kind) {
    return KindInput.of(input, kind).fingerprint();
  }

  private Verdict verdict(PlanInput input, Kind kind) {
    if (input.policies(kind).isEmpty()) {
      Reason reason = Reason.of(ReasonCode.NO_POLICY, "no policy names cluster " + input.cluster());
      return new Verdict(kindPlan(input, kind, State.UNMANAGED, reason, List.of(), null), null);
    }
    KindInput view = KindInput.of(input, kind);
    boolean hasUnwelcome = view.hasUnwelcome();
    Optional<Veto> veto = veto(view, hasUnwelcome);
    if (veto.isPresent()) {
      return vetoed(view, veto.get());
    }
    return hasUnwelcome ? due(view) : atRest(view);
  }

  /** Returns the first veto; where nothing unwelcome runs, only the look itself is judged. */
  private Optional<Veto> veto(KindInput view, boolean hasUnwelcome) {
    for (Guard guard : guards) {
      if (hasUnwelcome || guard.compareTo(Guard.READABLE_NAMES) <= 0) {
        Optional<Veto> veto = guard.check(view);
        if (veto.isPresent()) {
          return veto;
        }
      }
    }
    return Optional.empty();
  }

  private static Verdict vetoed(KindInput view, Veto veto) {
    State state = veto.state();
    if (state != null) {
      Instant next = earliest(veto.until(), whileStopping(view));
      return verdict(view, state, veto.reason(), null, next);
    }
    return verdict(
        view,
        ActiveStates.state(view),
        ActiveStates.reason(view, veto.reason()),
        null,
        earliest(veto.until(), whileStopping(view)));
  }

  /** Something forbidden runs and nothing speaks against its statement. */
  private static Verdict due(KindInput view) {
    Statement statement = view.required().map(RequiredStatement::statement).orElse(null);
    Reason now = Reason.of(ReasonCode.DUE_NOW, "the statement is due now");
    return verdict(
        view,
        ActiveStates.state(view),
        ActiveStates.reason(view, now),
        statement,
        earliest(view.wallTimeOf(view.now().plus(PERMIT_RETRY)), whileStopping(view)));
  }

  private static Verdict atRest(KindInput view) {
    boolean awaitsProof =
        view.stopRecord().isStopOutstanding() || !counted(view.input(), view.kind()).isEmpty();
    boolean isPermitted =
        view.input().policies(view.kind()).stream()
            .anyMatch(
                known ->
                    known.presence().hasFile()
                        && known.policy().desired(view.kind()) == Desired.ON);
    if (isPermitted && !awaitsProof) {
      Reason reason = Reason.of(ReasonCode.POLICY_ON, IdleStates.permitted(view));
      return verdict(view, State.PERMITTED, reason, null, null);
    }
    if (!view.stopRecord().isQuietTwice()) {
      Reason reason =
          Reason.of(
              ReasonCode.SECOND_LOOK,
              IdleStates.words(view) + "; a second look is due to prove it");
      return verdict(view, State.STOPPING, reason, null, secondLook(view));
    }
    if (isPermitted) {
      Reason reason = Reason.of(ReasonCode.POLICY_ON, IdleStates.permitted(view));
      return verdict(view, State.PERMITTED, reason, null, null);
    }
    return verdict(
        view, State.STOPPED, Reason.of(IdleStates.code(view), IdleStates.words(view)), null, null);
  }

  /** Lists the deletions that have counted and still speak of a kind. */
  private static List<KnownPolicy> counted(PlanInput input, Kind kind) {
    List<KnownPolicy> counted = new ArrayList<>();
    for (KnownPolicy known : input.policies(kind)) {
      if (known.presence() == FileState.COUNTED) {
        counted.add(known);
      }
    }
    return counted;
  }

  private static Verdict verdict(
      KindInput view,
      State state,
      Reason reason,
      @Nullable Statement statement,
      @Nullable Instant nextLook) {
    Reason told = withUnresolvedNames(view.input(), reason);
    return new Verdict(
        kindPlan(view.input(), view.kind(), state, told, view.jobs(), statement), nextLook);
  }

  private static KindPlan kindPlan(
      PlanInput input,
      Kind kind,
      State state,
      Reason reason,
      List<JobVerdict> jobs,
      @Nullable Statement statement) {
    StopRecord stopRecord = input.record().stopRecord(kind);
    Instant began = stopRecord.stateSince();
    Instant since = stopRecord.state() == state && began != null ? began : input.now().wall();
    return new KindPlan(kind, state, reason, since, jobs, statement);
  }

  /** A name that the server does not know is told wherever the reason is. */
  private static Reason withUnresolvedNames(PlanInput input, Reason reason) {
    Observation look = input.observation();
    if (reason.code() == ReasonCode.UNRESOLVED_TENANT
        || look.blindTo(BlindSpot.Area.TENANT_NAMES).isPresent()) {
      return reason;
    }
    List<String> names = new ArrayList<>();
    for (String name : input.desired().tenantNames()) {
      if (!look.tenantIds().containsKey(name)) {
        names.add(name);
      }
    }
    return names.isEmpty()
        ? reason
        : new Reason(
            reason.code(),
            reason.words() + "; the server knows no tenant named " + String.join(", ", names),
            reason.release());
  }

  /** While a stop is outstanding, looks follow each other closely. */
  private static @Nullable Instant whileStopping(KindInput view) {
    return view.stopRecord().isStopOutstanding() ? secondLook(view) : null;
  }

  private static Instant secondLook(KindInput view) {
    return view.wallTimeOf(view.now().plus(StopRecord.SECOND_LOOK));
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** Names the counted deletions that end with this look. */
  private static List<Release> releases(PlanInput input, Kind kind) {
    List<KnownPolicy> counted = counted(input, kind);
    if (counted.isEmpty()) {
      return List.of();
    }
    Optional<Veto> blind = ObservationChecks.veto(input, kind);
    List<Release> releases = new ArrayList<>();
    for (KnownPolicy known : counted) {
      release(input, kind, known, blind)
          .ifPresent(cause -> releases.add(new Release(known.name(), kind, cause)));
    }
    return releases;
  }

  private static Optional<Release.Cause> release(
      PlanInput input, Kind kind, KnownPolicy deletion, Optional<Veto> blind) {
    if (blind.filter(veto -> veto.state() == State.UNSUPPORTED).isPresent()) {
      return Optional.of(Release.Cause.UNSUPPORTED);
    }
    // Seen or not: what was only observed when it counted must not act once that changes.
    boolean isObserved = !input.desired().mayAct() || deletion.policy().mode() == Mode.OBSERVE;
    if (isObserved) {
      return Optional.of(Release.Cause.WOULD_STOP);
    }
    if (blind.isPresent()) {
      return Optional.empty();
    }
    StopRecord stopRecord = input.record().stopRecord(kind);
    TimelineInstant quietSince = stopRecord.quietSince();
    boolean isProven =
        stopRecord.isQuietTwice() && quietSince != null && !quietSince.isBefore(deletion.since());
    return isProven ? Optional.of(Release.Cause.PROVEN) : Optional.empty();
  }

  private record Verdict(KindPlan plan, @Nullable Instant nextLook) {}
}
