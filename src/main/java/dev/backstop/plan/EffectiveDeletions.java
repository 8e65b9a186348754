package dev.backstop.plan;

import dev.backstop.plan.Plan.Release;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes which deletions in effect end with a look, and why. */
final class EffectiveDeletions {

  private EffectiveDeletions() {}

  /** Lists the deletions in effect that are not proven for a kind. */
  static List<KnownPolicy> of(KindInput kind) {
    List<KnownPolicy> deletions = new ArrayList<>();
    for (KnownPolicy known : kind.policies()) {
      if (known.effectiveDeletion().isPresent()) {
        deletions.add(known);
      }
    }
    return deletions;
  }

  /** Lists those that end for a kind with this look. */
  static List<Release> ended(KindInput kind) {
    List<KnownPolicy> deletions = of(kind);
    if (deletions.isEmpty()) {
      return List.of();
    }
    Optional<Veto> blind = ObservationChecks.veto(kind.input(), kind.kind());
    List<Release> ended = new ArrayList<>();
    for (KnownPolicy deletion : deletions) {
      cause(kind, deletion, blind)
          .ifPresent(cause -> ended.add(new Release(deletion.name(), kind.kind(), cause)));
    }
    return ended;
  }

  private static Optional<Release.Cause> cause(
      KindInput kind, KnownPolicy deletion, Optional<Veto> blind) {
    if (blind.filter(veto -> veto.state() == State.UNSUPPORTED).isPresent()) {
      return Optional.of(Release.Cause.UNSUPPORTED);
    }
    // Seen or not: what was only observed when it took effect must not act once that changes.
    boolean isObserved =
        !kind.input().desired().mayAct() || deletion.policy().mode() == Mode.OBSERVE;
    if (isObserved) {
      return Optional.of(Release.Cause.WOULD_STOP);
    }
    boolean isProven =
        blind.isEmpty()
            && kind.stopRecord()
                .phase()
                .quietPeriod()
                .filter(QuietPeriod::isProof)
                .filter(quiet -> isAfter(quiet, deletion))
                .isPresent();
    return isProven ? Optional.of(Release.Cause.PROVEN) : Optional.empty();
  }

  private static boolean isAfter(QuietPeriod quiet, KnownPolicy deletion) {
    return deletion
        .effectiveDeletion()
        .filter(one -> !quiet.since().isBefore(one.since()))
        .isPresent();
  }
}
