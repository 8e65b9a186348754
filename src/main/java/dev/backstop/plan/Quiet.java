package dev.backstop.plan;

import dev.backstop.observation.Kind;
import dev.backstop.policy.Presence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds the looks that agree that nothing runs that must not; far enough apart, they prove a stop.
 *
 * @param since the first of them; null for none
 * @param until the last of them; null for none
 */
public record Quiet(@Nullable Instant since, @Nullable Instant until) {

  /** Something runs that must not, or nobody has looked. */
  public static final Quiet NONE = new Quiet(null, null);

  /** Tells whether two looks far enough apart agree. */
  public boolean isProof() {
    return since != null && until != null && !until.isBefore(since.plus(Attempts.SECOND_LOOK));
  }

  /** Takes one more quiet look in. */
  public Quiet seen(Instant look) {
    return new Quiet(
        since == null ? look : since, until == null || look.isAfter(until) ? look : until);
  }

  /** Takes one more quiet look of a kind in, as far as those before it still count. */
  Quiet seen(Instant look, Situation situation, Kind kind) {
    if (since == null || precedesDeletion(since, situation, kind)) {
      return NONE.seen(look);
    }
    if (!situation.hasJumpedSince(since)) {
      return seen(look);
    }
    // A first look from before the jump tells no distance any more, but a proof stays one.
    return new Quiet(look, isProof() ? look.plus(Attempts.SECOND_LOOK) : look);
  }

  /** Both looks that prove a deletion come after it counted, and after the clock last jumped. */
  private static boolean precedesDeletion(Instant first, Situation situation, Kind kind) {
    return situation.policies(kind).stream()
        .filter(known -> known.presence() == Presence.COUNTED)
        .anyMatch(
            known ->
                situation.hasJumpedSince(first) || situation.present(known.since()).isAfter(first));
  }
}
