package dev.backstop.schedule;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Immutable Quartz cron expression; computes the local wall times at which it fires. */
final class Cron {

  /** Longer than any gap between days: a given weekday on 29 February can take 40 years. */
  private static final int YEARS_AHEAD = 50;

  private static final int MINUTES = 60;
  private static final int SECONDS = 60;

  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final CronDays days;
  private final BitSet months;
  private final @Nullable BitSet years;

  private Cron(List<String> fields) throws MalformedCron {
    seconds = CronField.SECONDS.values(fields.get(0));
    minutes = CronField.MINUTES.values(fields.get(1));
    hours = CronField.HOURS.values(fields.get(2));
    days = CronDays.of(fields.get(3), fields.get(5));
    months = CronField.MONTHS.values(fields.get(4));
    String written = fields.size() > 6 ? fields.get(6) : "*";
    years = written.equals("*") ? null : CronField.YEARS.values(written);
  }

  /**
   * Parses an expression.
   *
   * @throws MalformedCron where it is malformed
   */
  static Cron parse(String expression) throws MalformedCron {
    return new Cron(CronText.fields(expression));
  }

  /** Returns the first wall time at or after one at which this fires; empty where there is none. */
  Optional<LocalDateTime> atOrAfter(LocalDateTime from) {
    LocalDate today = from.toLocalDate();
    if (firesOn(today)) {
      Optional<LocalTime> time = atOrAfter(from.toLocalTime());
      if (time.isPresent()) {
        return time.map(today::atTime);
      }
    }
    return dayAfter(today).map(day -> day.atTime(first(hours), first(minutes), first(seconds)));
  }

  /**
   * Returns the longest time between two runs; empty where there is an hour of the calendar in
   * which this does not fire.
   */
  Optional<Duration> longestGapWithinAnHour() {
    boolean everyHour =
        days == CronDays.EVERY && hours.cardinality() == 24 && months.cardinality() == 12;
    if (!everyHour) {
      return Optional.empty();
    }
    int start = first(minutes) * SECONDS + first(seconds);
    int previous = start;
    int longest = 0;
    for (int minute = first(minutes); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
      for (int second = first(seconds); second >= 0; second = seconds.nextSetBit(second + 1)) {
        int at = minute * SECONDS + second;
        longest = Math.max(longest, at - previous);
        previous = at;
      }
    }
    return Optional.of(Duration.ofSeconds(Math.max(longest, start + MINUTES * SECONDS - previous)));
  }

  private boolean firesOn(LocalDate day) {
    return isYear(day) && months.get(day.getMonthValue()) && days.includes(day);
  }

  /** Returns the first day after one on which this fires. */
  private Optional<LocalDate> dayAfter(LocalDate today) {
    LocalDate last = today.plusYears(YEARS_AHEAD);
    LocalDate day = today.plusDays(1);
    while (day.isBefore(last)) {
      if (years != null && !isYear(day)) {
        int next = years.nextSetBit(year(day));
        if (next < 0) {
          return Optional.empty();
        }
        // Skip to the next year of the expression; years after it still count.
        day = LocalDate.of(next, 1, 1);
        last = day.plusYears(YEARS_AHEAD);
      } else if (!months.get(day.getMonthValue())) {
        day = day.plusMonths(1).withDayOfMonth(1);
      } else if (days.includes(day)) {
        return Optional.of(day);
      } else {
        day = day.plusDays(1);
      }
    }
    return Optional.empty();
  }

  private boolean isYear(LocalDate day) {
    return years == null || years.get(year(day));
  }

  private static int year(LocalDate day) {
    return Math.max(0, day.getYear());
  }

  private Optional<LocalTime> atOrAfter(LocalTime from) {
    int hour = from.getHour();
    int minute = from.getMinute();
    if (hours.get(hour)) {
      int second = minutes.get(minute) ? seconds.nextSetBit(from.getSecond()) : -1;
      if (second >= 0) {
        return Optional.of(LocalTime.of(hour, minute, second));
      }
      int later = minutes.nextSetBit(minute + 1);
      if (later >= 0) {
        return Optional.of(LocalTime.of(hour, later, first(seconds)));
      }
    }
    int later = hours.nextSetBit(hour + 1);
    return later < 0
        ? Optional.empty()
        : Optional.of(LocalTime.of(later, first(minutes), first(seconds)));
  }

  private static int first(BitSet values) {
    return values.nextSetBit(0);
  }
}
