package dev.backstop.plan;

import dev.backstop.observation.Kind;
import dev.backstop.policy.FileState;
import dev.backstop.timeline.TimelineInstant;
import org.jspecify.annotations.Nullable;

/**
 * The looks that agree that nothing forbidden runs; far enough apart, they prove a stop.
 *
 * @param since the first of them; null for none
 * @param until the last of them; null for none
 */
public record QuietPeriod(@Nullable TimelineInstant since, @Nullable TimelineInstant until) {

  /** Something runs that must not, or nobody has looked. */
  public static final QuietPeriod NONE = new QuietPeriod(null, null);

  /** Returns whether two looks far enough apart agree. */
  public boolean isProof() {
    return since != null && until != null && !until.isBefore(since.plus(StopRecord.SECOND_LOOK));
  }

  /** Takes one more quiet look in. */
  public QuietPeriod seen(TimelineInstant look) {
    return new QuietPeriod(
        since == null ? look : since, until == null || look.isAfter(until) ? look : until);
  }

  /** Takes one more quiet look of a kind in, as far as those before it still count. */
  QuietPeriod seen(TimelineInstant look, PlanInput input, Kind kind) {
    if (since == null || precedesDeletion(since, input, kind)) {
      return NONE.seen(look);
    }
    return seen(look);
  }

  /** Both looks that prove a deletion come after it counted. */
  private static boolean precedesDeletion(TimelineInstant first, PlanInput input, Kind kind) {
    return input.policies(kind).stream()
        .filter(known -> known.presence() == FileState.COUNTED)
        .anyMatch(known -> known.since().isAfter(first));
  }
}
