package dev.backstop.simulator.sql;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes times as the server spells them. */
final class Times {

  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-M-d[['T'][' ']H:m[:s]]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter WRITE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private Times() {}

  /** Returns the time that a text spells; null where it is none. */
  static @Nullable LocalDateTime read(String text) {
    try {
      return LocalDateTime.parse(text.strip(), READ);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Returns the text of a time.
   *
   * @param digits how many stand behind the point, 0 to 6; with 0 there is no point
   */
  static String text(LocalDateTime time, int digits) {
    String exact = WRITE.format(time);
    return exact.substring(0, exact.indexOf('.') + (digits == 0 ? 0 : 1 + digits));
  }
}
