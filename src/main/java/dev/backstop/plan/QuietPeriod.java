package dev.backstop.plan;

import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.Optional;

/**
 * The looks that agree that nothing forbidden runs; far enough apart, they prove a stop.
 *
 * @param since the first of them
 * @param until the last of them
 */
public record QuietPeriod(TimelineInstant since, TimelineInstant until) {

  /** How far apart two looks must be to agree on a stop. */
  public static final Duration SECOND_LOOK = Duration.ofSeconds(2);

  /** Returns whether two looks far enough apart agree. */
  public boolean isProof() {
    return !until.isBefore(since.plus(SECOND_LOOK));
  }

  /** Returns the period up to the look that made it a proof; looks after it add nothing. */
  QuietPeriod upToProof() {
    return isProof() ? new QuietPeriod(since, since.plus(SECOND_LOOK)) : this;
  }

  /** Returns the period after one more quiet look, which begins it where there was none. */
  public static QuietPeriod extended(Optional<QuietPeriod> before, TimelineInstant look) {
    return before
        .map(period -> new QuietPeriod(period.since, period.until.orLater(look)))
        .orElse(new QuietPeriod(look, look));
  }
}
