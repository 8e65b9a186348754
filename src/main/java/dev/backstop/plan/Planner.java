package dev.backstop.plan;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Plan.Release;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the desired state of a cluster with an observation, and returns state, reason and the
 * statement to send now. A function: the same input always leads to the same plan.
 *
 * <p>The record in the input is brought up to its look by {@link OutcomeTracker} before.
 */
public final class Planner {

  private static final List<DecisionRule> RULES = List.of(DecisionRule.values());

  final Set<Guard> guards;

  /** Plans with every guard. */
  public Planner() {
    this(EnumSet.allOf(Guard.class));
  }

  /** Plans with these guards only, so that a test can show that each one is missed. */
  Planner(Set<Guard> guards) {
    this.guards = EnumSet.copyOf(guards);
  }

  /** Plans one cluster. */
  public Plan plan(PlanInput input) {
    List<KindPlan> kinds = new ArrayList<>();
    List<Release> releases = new ArrayList<>();
    Instant nextLook = null;
    for (Kind one : Kind.values()) {
      KindInput kind = KindInput.of(input, one);
      Decision decision = decide(kind);
      kinds.add(decision.plan());
      nextLook = Decision.earliest(nextLook, decision.nextLook());
      releases.addAll(EffectiveDeletions.ended(kind));
    }
    return new Plan(input.cluster(), input.now().wall(), kinds, releases, nextLook);
  }

  /** Describes what a refusal of a kind's statement may depend on, to be remembered with it. */
  public String refusalContext(PlanInput input, Kind kind) {
    return KindInput.of(input, kind).fingerprint();
  }

  /** The first rule that holds decides; the last one always does. */
  private Decision decide(KindInput kind) {
    for (DecisionRule rule : RULES) {
      Optional<Decision> decision = rule.decide(kind, guards);
      if (decision.isPresent()) {
        return decision.get();
      }
    }
    throw new IllegalStateException("no rule decides on " + kind.kind() + " of " + kind.cluster());
  }
}
