package dev.backstop.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds a point in time as it was typed: a distance from now, or an ISO time.
 *
 * @param distance null for an ISO time
 * @param instant null for a distance
 */
record TypedTime(@Nullable Duration distance, @Nullable Instant instant) {

  /** Reads a duration, or an ISO time; without an offset it is one of the given zone. */
  static Optional<TypedTime> read(String text, ZoneId zone) {
    Optional<TypedTime> span = Spans.read(text).map(found -> new TypedTime(found, null));
    if (span.isPresent()) {
      return span;
    }
    List<Function<String, Instant>> forms =
        List.of(
            typed -> OffsetDateTime.parse(typed).toInstant(),
            typed -> LocalDateTime.parse(typed).atZone(zone).toInstant(),
            typed -> LocalDate.parse(typed).atStartOfDay(zone).toInstant());
    return forms.stream()
        .flatMap(form -> attempt(form, text).stream())
        .findFirst()
        .map(found -> new TypedTime(null, found));
  }

  private static Optional<Instant> attempt(Function<String, Instant> form, String text) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException otherForm) {
      return Optional.empty();
    }
  }

  /** Returns the instant, a distance being counted back from now. */
  Instant before(Instant now) {
    return distance == null ? orNow(now) : now.minus(distance);
  }

  /** Returns the instant, a distance being counted on from now. */
  Instant after(Instant now) {
    return distance == null ? orNow(now) : now.plus(distance);
  }

  private Instant orNow(Instant now) {
    return instant == null ? now : instant;
  }
}
