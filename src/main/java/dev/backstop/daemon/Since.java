package dev.backstop.daemon;

import dev.backstop.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads a point in the past, as a duration before now or as an ISO time. */
public final class Since {

  private Since() {}

  /**
   * Returns the instant that the text means.
   *
   * @param text {@code 24h} (ms, s, m, h, d) or {@code 2026-11-23T20:00:00Z} (or with an offset)
   * @param now what a duration is counted back from
   * @throws IllegalArgumentException where it is neither, in words for its sender
   */
  public static Instant parse(String text, Instant now) {
    Optional<Duration> duration = Durations.parse(text);
    if (duration.isPresent()) {
      return now.minus(duration.get());
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "since is '"
              + text
              + "'; allowed are a duration such as 24h (ms, s, m, h, d) or a time"
              + " such as 2026-11-23T20:00:00Z",
          e);
    }
  }
}
