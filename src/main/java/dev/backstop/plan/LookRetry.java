package dev.backstop.plan;

import java.time.Duration;
import java.util.List;

/** Delays after which a failed look is repeated, whatever the schedule says. */
public final class LookRetry {

  private static final List<Duration> FIRST =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));
  private static final Duration THEN = Duration.ofSeconds(30);

  private LookRetry() {}

  /**
   * Returns the longest wait before the next look.
   *
   * @param failures looks that failed one after the other, at least one
   */
  public static Duration after(int failures) {
    return failures <= FIRST.size() ? FIRST.get(failures - 1) : THEN;
  }
}
