package dev.backstop.cli;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes times so that nobody has to guess their zone. */
final class Times {

  private static final DateTimeFormatter WITH_ZONE =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private Times() {}

  /** Writes an instant in UTC, to the second. */
  static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Writes a time with the weekday and its zone's offset. */
  static String text(ZonedDateTime time) {
    return WITH_ZONE.format(time);
  }
}
