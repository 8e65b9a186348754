package dev.backstop.plan;

import dev.backstop.policy.Desired;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Applies edits of the policies to the record of a kind: what they end, and what begins anew. */
final class PolicyEdits {

  private PolicyEdits() {}

  /** Returns the record with the policies of now, and without what they have ended. */
  static StopRecord applied(KindInput seen, StopRecord stop) {
    PolicyFingerprints present = PolicyFingerprints.of(seen.policies());
    StopRecord edited = present.equals(stop.policies()) ? stop : edited(seen, stop, present);
    List<KnownPolicy> policies = seen.policies();
    if (policies.stream()
        .noneMatch(known -> everForbids(seen, known) && !isAlwaysOutweighed(seen, known))) {
      // An edit to on ends a stop without proof, and what starts while it is on is no return.
      return edited.abandoned();
    }
    if (policies.stream().noneMatch(known -> mayForbid(seen, known))
        || policies.stream()
            .noneMatch(known -> forbids(seen, known) && !isOutweighed(seen, known))) {
      // Who only observes, or whose window opens, ends the stop, but what comes back has come back.
      return edited.with(edited.phase().ended());
    }
    return edited;
  }

  private static StopRecord edited(KindInput seen, StopRecord stop, PolicyFingerprints present) {
    StopRecord edited = stop.with(present).withoutRefusal();
    if (present.areEditedSince(stop.policies(), forbidding(seen))) {
      edited = edited.with(Contention.NONE);
    }
    // What was quiet because it was permitted, or before a deletion took effect, proves nothing.
    if (present.includeDeletion() || !stop.isShown(State.STOPPED)) {
      edited = edited.with(edited.phase().doubted());
    }
    return seen.jobs().isEmpty() || seen.hasUnwelcome() ? edited : edited.abandoned();
  }

  /** Returns the names of the policies that forbid what runs; none where nothing does. */
  private static Set<String> forbidding(KindInput seen) {
    return seen.jobs().stream()
        .filter(JobVerdict::isUnwelcome)
        .flatMap(job -> job.policies().stream())
        .collect(Collectors.toSet());
  }

  private static boolean mayForbid(KindInput seen, KnownPolicy known) {
    return seen.input().desired().mayAct()
        && known.policy().mode() == Mode.ENFORCE
        && forbids(seen, known);
  }

  /** Returns whether it forbids anything now, or may by what is known of a job. */
  private static boolean forbids(KindInput seen, KnownPolicy known) {
    return isOff(seen, known) || LimitStates.mayForbid(seen.input(), known, seen.kind());
  }

  /** Returns whether it forbids anything at some time. */
  private static boolean everForbids(KindInput seen, KnownPolicy known) {
    return isOff(seen, known) || !known.policy().limits(seen.kind()).isNone();
  }

  private static boolean isOff(KindInput seen, KnownPolicy known) {
    return !known.hasFile() || known.policy().desired(seen.kind()) == Desired.OFF;
  }

  /** Returns whether on is said of all that it covers: one on wins against any off. */
  private static boolean isOutweighed(KindInput seen, KnownPolicy known) {
    return isWithin(seen, known, other -> !LimitStates.mayForbid(seen.input(), other, seen.kind()));
  }

  private static boolean isAlwaysOutweighed(KindInput seen, KnownPolicy known) {
    return isWithin(seen, known, other -> other.policy().limits(seen.kind()).isNone());
  }

  private static boolean isWithin(KindInput seen, KnownPolicy known, Predicate<KnownPolicy> which) {
    return known
        .policy()
        .coverage()
        .isWithin(
            seen.policies().stream()
                .filter(other -> other.permits(seen.kind()))
                .filter(which)
                .map(other -> other.policy().coverage())
                .toList());
  }
}
