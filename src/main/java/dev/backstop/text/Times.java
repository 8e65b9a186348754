package dev.backstop.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Prints times with their zone. */
public final class Times {

  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private static final DateTimeFormatter LOCAL_MINUTE =
      DateTimeFormatter.ofPattern("EEE HH:mm xxx", Locale.ROOT);

  private Times() {}

  /** Returns the weekday and minute of an instant in a zone: {@code Mon 22:00 +08:00}. */
  public static String local(Instant instant, ZoneId zone) {
    return LOCAL_MINUTE.format(instant.atZone(zone));
  }

  /** Returns an instant in UTC, to the second. */
  public static String utc(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Returns a time with its weekday and the offset of its zone. */
  public static String withOffset(ZonedDateTime time) {
    return WITH_OFFSET.format(time);
  }
}
