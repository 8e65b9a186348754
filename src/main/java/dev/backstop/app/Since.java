package dev.backstop.app;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a point in the past, as a duration before now or as an ISO time. */
public final class Since {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Since() {}

  /**
   * Returns the instant that the text means.
   *
   * @param text {@code 24h} (ms, s, m, h, d) or {@code 2026-11-23T20:00:00Z} (or with an offset)
   * @param now what a duration is counted back from
   * @throws IllegalArgumentException where it is neither, in words for its sender
   */
  public static Instant parse(String text, Instant now) {
    Matcher duration = DURATION.matcher(text);
    if (duration.matches()) {
      return now.minus(duration(Long.parseLong(duration.group(1)), duration.group(2)));
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "since is '"
              + text
              + "'; allowed are a duration such as 24h (ms, s, m, h, d) or a time"
              + " such as 2026-11-23T20:00:00Z",
          e);
    }
  }

  private static Duration duration(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
