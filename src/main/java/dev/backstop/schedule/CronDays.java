package dev.backstop.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.Locale;

/** The days on which an expression fires, by its two day fields. */
@FunctionalInterface
interface CronDays {

  /** Fires on every day. */
  CronDays EVERY = day -> true;

  /** Returns whether the expression may fire on a day, months and years aside. */
  boolean includes(LocalDate day);

  /**
   * Parses the two day fields, of which exactly one is {@code ?}.
   *
   * @throws MalformedCron where they are malformed
   */
  static CronDays of(String days, String weekdays) throws MalformedCron {
    if (weekdays.equals("?")) {
      return daysOfMonth(days.toUpperCase(Locale.ROOT));
    }
    return weekdays(weekdays.toUpperCase(Locale.ROOT));
  }

  private static CronDays daysOfMonth(String text) throws MalformedCron {
    if (text.equals("*")) {
      return EVERY;
    }
    if (text.startsWith("L")) {
      return lastDay(text);
    }
    if (text.endsWith("W")) {
      int wanted = CronField.DAYS.value(text.substring(0, text.length() - 1));
      return day ->
          wanted <= day.lengthOfMonth() && day.equals(nearestWeekday(day.withDayOfMonth(wanted)));
    }
    BitSet values = CronField.DAYS.values(text);
    return day -> values.get(day.getDayOfMonth());
  }

  private static CronDays lastDay(String text) throws MalformedCron {
    boolean nearest = text.endsWith("W");
    String before = text.substring(1, nearest ? text.length() - 1 : text.length());
    if (before.isEmpty()) {
      return last(0, nearest);
    }
    int offset = before.startsWith("-") ? CronField.DAYS.value(before.substring(1)) : -1;
    if (offset < 0 || offset > 30) {
      throw CronField.DAYS.malformed();
    }
    return last(offset, nearest);
  }

  private static CronDays last(int offset, boolean nearest) {
    return day -> {
      int wanted = day.lengthOfMonth() - offset;
      if (wanted < 1) {
        return false;
      }
      LocalDate target = day.withDayOfMonth(wanted);
      return day.equals(nearest ? nearestWeekday(target) : target);
    };
  }

  /** Returns the weekday nearest to a day, within its month. */
  private static LocalDate nearestWeekday(LocalDate day) {
    YearMonth month = YearMonth.from(day);
    if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
      return day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
    }
    if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
      return day.equals(month.atEndOfMonth()) ? day.minusDays(2) : day.plusDays(1);
    }
    return day;
  }

  private static CronDays weekdays(String text) throws MalformedCron {
    if (text.equals("*")) {
      return EVERY;
    }
    if (text.equals("L")) {
      return day -> day.getDayOfWeek() == DayOfWeek.SATURDAY;
    }
    int hash = text.indexOf('#');
    if (hash >= 0) {
      DayOfWeek weekday = weekday(text.substring(0, hash));
      int ordinal = ordinal(text.substring(hash + 1));
      return day -> day.getDayOfWeek() == weekday && (day.getDayOfMonth() - 1) / 7 + 1 == ordinal;
    }
    if (text.endsWith("L")) {
      DayOfWeek weekday = weekday(text.substring(0, text.length() - 1));
      return day -> day.equals(day.with(TemporalAdjusters.lastInMonth(weekday)));
    }
    BitSet values = CronField.WEEKDAYS.values(text);
    return day -> values.get(day.getDayOfWeek().getValue() % 7 + 1);
  }

  /** Quartz counts from 1, Sunday. */
  private static DayOfWeek weekday(String text) throws MalformedCron {
    int value = CronField.WEEKDAYS.value(text);
    return DayOfWeek.of(value == 1 ? 7 : value - 1);
  }

  private static int ordinal(String text) throws MalformedCron {
    if (text.length() != 1 || text.charAt(0) < '1' || text.charAt(0) > '5') {
      throw CronField.WEEKDAYS.malformed();
    }
    return text.charAt(0) - '0';
  }
}
