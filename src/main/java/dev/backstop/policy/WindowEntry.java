package dev.backstop.policy;

import java.time.DayOfWeek;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Immutable part of a backup window: a span of local wall time that begins on some days of the
 * week.
 *
 * @param days on which it begins, at least one
 * @param from minute of the day at which it begins, 0 to 1439
 * @param to minute of the day at which it ends: of the next day where it is not after {@code from};
 *     1440 where it ends with the day, which 0 is taken for
 */
public record WindowEntry(Set<DayOfWeek> days, int from, int to) {

  /** Minutes of a day. */
  public static final int DAY = 24 * 60;

  /** Minutes of a week. */
  static final int WEEK = 7 * DAY;

  /** Checks the bounds and writes the end of a day in one way. */
  public WindowEntry {
    if (days.isEmpty() || from < 0 || from >= DAY || to < 0 || to > DAY) {
      throw new IllegalArgumentException(
          "no entry of a window: %s %s %s".formatted(days, from, to));
    }
    days = Set.copyOf(days);
    to = to == 0 ? DAY : to;
  }

  /** Returns an entry that lasts from midnight to midnight. */
  public static WindowEntry allDay(Set<DayOfWeek> days) {
    return new WindowEntry(days, 0, DAY);
  }

  /** Marks the minutes of the week, counted from Monday 00:00, that lie inside. */
  void mark(BitSet week) {
    int length = to > from ? to - from : to + DAY - from;
    for (DayOfWeek day : days) {
      int begin = minuteOfWeek(day) + from;
      int end = begin + length;
      week.set(begin, Math.min(end, WEEK));
      if (end > WEEK) {
        week.set(0, end - WEEK);
      }
    }
  }

  /** Returns the minute of the week at which a day begins. */
  static int minuteOfWeek(DayOfWeek day) {
    return (day.getValue() - 1) * DAY;
  }

  /** Returns the entry as a fingerprint has it: {@code mon,tue 22:00-06:00}. */
  @Override
  public String toString() {
    String names =
        EnumSet.copyOf(days).stream().map(WindowEntry::word).collect(Collectors.joining(","));
    return names + " " + time(from) + "-" + time(to);
  }

  /** Returns the word for a day as policy files have it: {@code mon}. */
  public static String word(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static String time(int minute) {
    return twoDigits(minute / 60) + ":" + twoDigits(minute % 60);
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
