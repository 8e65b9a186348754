package dev.backstop.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of the decision on one kind, top-down: the first that holds gives state and action. */
public enum DecisionRule {
  UNMANAGED(
      "no policy names the cluster",
      "none, not even a connection",
      DecisionRule::unmanaged,
      State.UNMANAGED),
  LOOK(Guard.Phase.LOOK, "none", State.WRONG_CLUSTER, State.UNSUPPORTED, State.UNKNOWN),
  PERMITTED(
      "nothing forbidden runs, a live policy says on, no proof is outstanding",
      "none",
      DecisionRule::permitted,
      State.PERMITTED),
  SECOND_LOOK(
      "nothing forbidden runs, fewer than two quiet looks",
      "look again in " + QuietPeriod.SECOND_LOOK.toSeconds() + " s",
      DecisionRule::secondLook,
      State.STOPPING),
  STOPPED(
      "nothing forbidden runs, two quiet looks",
      "none",
      DecisionRule::stopped,
      State.PERMITTED,
      State.STOPPED),
  HOLD(Guard.Phase.HOLD, "when a person lifts it", State.DISARMED, State.HELD),
  BLOCK(Guard.Phase.BLOCK, "when what blocks it is gone", State.BLOCKED, State.WOULD_STOP),
  PACE(
      Guard.Phase.PACE,
      "when its time has come",
      State.CONTESTED,
      State.REFUSED,
      State.NOT_VERIFIED,
      State.STOPPING,
      State.DRIFTED),
  DUE(
      "otherwise",
      "the required statement",
      DecisionRule::due,
      State.CONTESTED,
      State.REFUSED,
      State.NOT_VERIFIED,
      State.STOPPING,
      State.DRIFTED);

  /** How soon the cycle comes back after it was to send a statement. */
  private static final Duration PERMIT_RETRY = Duration.ofSeconds(5);

  private final String when;
  private final String action;

  // Of a list that nothing changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<State> states;

  // Every rule is a function without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final BiFunction<KindInput, Set<Guard>, Optional<Decision>> rule;

  DecisionRule(
      String when, String action, Function<KindInput, Optional<Decision>> rule, State... states) {
    this.when = when;
    this.action = action;
    this.states = List.of(states);
    this.rule = (kind, guards) -> rule.apply(kind);
  }

  /** Creates the row of all guards of a phase. */
  DecisionRule(Guard.Phase phase, String action, State... states) {
    this.when =
        Guard.of(phase).stream()
            .map(guard -> "`" + guard.name() + "`")
            .collect(Collectors.joining(", ", "a guard of " + phase.words() + " fails: ", ""));
    this.action = action;
    this.states = List.of(states);
    this.rule = (kind, guards) -> withheld(kind, guards, phase);
  }

  /** Returns the condition, in words. */
  public String when() {
    return when;
  }

  /** Returns what is done, in words. */
  public String action() {
    return action;
  }

  /** Lists the states that the row may give. */
  public List<State> states() {
    return states;
  }

  /** Returns the decision on a kind where this row holds, by the guards that are given. */
  Optional<Decision> decide(KindInput kind, Set<Guard> guards) {
    return rule.apply(kind, guards);
  }

  private static Optional<Decision> unmanaged(KindInput kind) {
    return kind.policies().isEmpty() ? Optional.of(Decision.unmanaged(kind)) : Optional.empty();
  }

  private static Optional<Decision> permitted(KindInput kind) {
    boolean awaitsProof =
        kind.stopRecord().isStopOutstanding() || !EffectiveDeletions.of(kind).isEmpty();
    return kind.hasUnwelcome() || awaitsProof || !isOn(kind)
        ? Optional.empty()
        : Optional.of(onPermission(kind));
  }

  private static Optional<Decision> secondLook(KindInput kind) {
    if (kind.hasUnwelcome() || kind.stopRecord().isQuietTwice()) {
      return Optional.empty();
    }
    String words = IdleStates.words(kind) + "; a second look is due to prove it";
    Decision decision = Decision.of(kind, State.STOPPING, Reason.of(ReasonCode.SECOND_LOOK, words));
    return Optional.of(decision.lookingAgain(lookAfter(kind, QuietPeriod.SECOND_LOOK)));
  }

  private static Optional<Decision> stopped(KindInput kind) {
    if (kind.hasUnwelcome()) {
      return Optional.empty();
    }
    Reason reason = Reason.of(IdleStates.code(kind), IdleStates.words(kind));
    return Optional.of(isOn(kind) ? onPermission(kind) : Decision.of(kind, State.STOPPED, reason));
  }

  private static boolean isOn(KindInput kind) {
    return LimitStates.isPermitted(kind.input(), kind.kind(), kind.jobs());
  }

  private static Decision onPermission(KindInput kind) {
    return Decision.of(kind, State.PERMITTED, IdleStates.permitted(kind));
  }

  /** Lets the first guard of a phase that fails decide. */
  private static Optional<Decision> withheld(KindInput kind, Set<Guard> guards, Guard.Phase phase) {
    return guards.stream()
        .filter(guard -> guard.phase() == phase)
        .flatMap(guard -> guard.check(kind).stream())
        .findFirst()
        .map(veto -> withheld(kind, veto));
  }

  private static Decision withheld(KindInput kind, Veto veto) {
    State state = veto.state();
    Decision decision =
        state != null
            ? Decision.of(kind, state, veto.reason())
            : Decision.of(kind, ActiveStates.state(kind), ActiveStates.reason(kind, veto.reason()));
    return decision.lookingAgain(veto.until()).lookingAgain(whileStopping(kind));
  }

  /** Something forbidden runs and nothing speaks against its statement. */
  private static Optional<Decision> due(KindInput kind) {
    Reason now = Reason.of(ReasonCode.DUE_NOW, "the statement is due now");
    return Optional.of(
        Decision.of(kind, ActiveStates.state(kind), ActiveStates.reason(kind, now))
            .sending(kind.required().map(RequiredStatement::statement).orElse(null))
            .lookingAgain(lookAfter(kind, PERMIT_RETRY))
            .lookingAgain(whileStopping(kind)));
  }

  /** While a stop is outstanding, looks follow each other closely. */
  private static @Nullable Instant whileStopping(KindInput kind) {
    return kind.stopRecord().isStopOutstanding() ? lookAfter(kind, QuietPeriod.SECOND_LOOK) : null;
  }

  private static Instant lookAfter(KindInput kind, Duration wait) {
    return kind.wallTimeOf(kind.now().plus(wait));
  }
}
