package dev.backstop.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads instants as this package writes them. The formatter of the JDK takes ten times as long, and
 * a fleet has many instants.
 */
final class IsoInstants {

  /** {@code 2026-11-30T08:42:01}, without the fraction and the Z. */
  private static final int SECONDS_LENGTH = 19;

  private static final String SHAPE = "0000-00-00T00:00:00";
  private static final int NANO_DIGITS = 9;

  private IsoInstants() {}

  /**
   * Reads ISO-8601 in UTC.
   *
   * @throws DateTimeException where it is none
   */
  static Instant parse(String text) {
    return isUsual(text) ? usual(text) : Instant.parse(text);
  }

  /** Returns whether it has four digits for the year, and all others at their places. */
  private static boolean isUsual(String text) {
    int end = text.length() - 1;
    if (end < SECONDS_LENGTH || text.charAt(end) != 'Z') {
      return false;
    }
    for (int i = 0; i < SECONDS_LENGTH; i++) {
      char wanted = SHAPE.charAt(i);
      if (wanted == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
        return false;
      }
    }
    return end == SECONDS_LENGTH || isFraction(text, end);
  }

  private static boolean isFraction(String text, int end) {
    int digits = end - SECONDS_LENGTH - 1;
    if (text.charAt(SECONDS_LENGTH) != '.' || digits < 1 || digits > NANO_DIGITS) {
      return false;
    }
    for (int i = SECONDS_LENGTH + 1; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static Instant usual(String text) {
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    long seconds = day.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
    return Instant.ofEpochSecond(seconds, nanos(text));
  }

  private static long nanos(String text) {
    int end = text.length() - 1;
    if (end == SECONDS_LENGTH) {
      return 0;
    }
    long nanos = number(text, SECONDS_LENGTH + 1, end);
    for (int digits = end - SECONDS_LENGTH - 1; digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char unit) {
    return unit >= '0' && unit <= '9';
  }
}
