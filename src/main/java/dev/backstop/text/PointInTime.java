package dev.backstop.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A point in time as a person writes it: a distance from now, or an ISO time. */
public final class PointInTime {

  private final @Nullable Instant instant;
  private final Duration distance;

  private PointInTime(@Nullable Instant instant, Duration distance) {
    this.instant = instant;
    this.distance = distance;
  }

  /** Returns the point that lies so far from now. */
  public static PointInTime distant(Duration distance) {
    return new PointInTime(null, distance);
  }

  /** Parses a duration or an ISO time with its offset; empty for any other text. */
  public static Optional<PointInTime> parse(String text) {
    return Durations.parse(text)
        .map(PointInTime::distant)
        .or(() -> iso(text, typed -> OffsetDateTime.parse(typed).toInstant()));
  }

  /** Parses the same, and ISO dates and times without an offset, which are those of a zone. */
  public static Optional<PointInTime> parse(String text, ZoneId zone) {
    return parse(text)
        .or(() -> iso(text, typed -> LocalDateTime.parse(typed).atZone(zone).toInstant()))
        .or(() -> iso(text, typed -> LocalDate.parse(typed).atStartOfDay(zone).toInstant()));
  }

  private static Optional<PointInTime> iso(String text, Function<String, Instant> form) {
    try {
      return Optional.of(new PointInTime(form.apply(text), Duration.ZERO));
    } catch (DateTimeException otherForm) {
      return Optional.empty();
    }
  }

  /** Returns the instant; a distance is counted back from now. */
  public Instant before(Instant now) {
    return instant == null ? now.minus(distance) : instant;
  }

  /** Returns the instant; a distance is counted on from now. */
  public Instant after(Instant now) {
    return instant == null ? now.plus(distance) : instant;
  }
}
