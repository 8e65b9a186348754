package dev.backstop.plan;

import dev.backstop.observation.Kind;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.Limits;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Immutable term of a snapshot: what one policy amounts to.
 *
 * @param policy its name
 * @param coverage whose jobs
 * @param data its wish for data; null for a counted deletion whose data is proven
 * @param log its wish for log; null for a counted deletion whose log is proven
 * @param enforced whether it may act
 * @param approved whether a person let this deletion count
 * @param limits what an on of it is limited to
 */
public record PolicyTerm(
    String policy,
    Coverage coverage,
    @Nullable Desired data,
    @Nullable Desired log,
    boolean enforced,
    boolean approved,
    Limits limits) {

  /** Creates a term whose on has no limits. */
  public PolicyTerm(
      String policy,
      Coverage coverage,
      @Nullable Desired data,
      @Nullable Desired log,
      boolean enforced,
      boolean approved) {
    this(policy, coverage, data, log, enforced, approved, Limits.NONE);
  }

  @Nullable Desired desired(Kind kind) {
    return switch (kind) {
      case DATA -> data;
      case LOG -> log;
    };
  }

  boolean isOn(Kind kind) {
    return desired(kind) == Desired.ON;
  }

  PolicyTerm where(Predicate<Kind> isKept) {
    return new PolicyTerm(
        policy,
        coverage,
        isKept.test(Kind.DATA) ? data : null,
        isKept.test(Kind.LOG) ? log : null,
        enforced,
        approved,
        limits);
  }

  /** Returns whether it forbids anything of a kind: an off, or an on outside its limits. */
  boolean restricts(Kind kind) {
    return enforced && (desired(kind) == Desired.OFF || (isOn(kind) && !limits.isNone()));
  }

  /** Returns whether an on of it permits all that an on of another one does. */
  boolean permitsAsMuchAs(PolicyTerm other) {
    return limits.isNone() || limits.equals(other.limits);
  }

  /** Returns the same, which forbids nothing outside its limits. */
  PolicyTerm withoutForce() {
    return new PolicyTerm(policy, coverage, data, log, false, approved, limits);
  }

  boolean isEmpty() {
    return data == null && log == null;
  }
}
