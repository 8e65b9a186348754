package dev.backstop.notification;

import java.time.Duration;
import java.util.List;

/** How long to wait after deliveries that failed, one after the other; the last pause repeats. */
final class Backoff {

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5));

  private int failures;

  Duration onFailure() {
    Duration pause = PAUSES.get(Math.min(failures, PAUSES.size() - 1));
    failures++;
    return pause;
  }

  void onSuccess() {
    failures = 0;
  }
}
