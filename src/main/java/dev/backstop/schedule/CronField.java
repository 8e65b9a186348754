package dev.backstop.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * One field of a Quartz cron expression: its bounds, its names, and its strict grammar.
 *
 * <p>Quartz itself takes {@code 4RR}, {@code 13/0} or {@code MON,WED#3} and reads something else
 * than is written, so what is not in the grammar here is refused before anything is computed.
 */
enum CronField {
  SECONDS("seconds", 0, 59, ""),
  MINUTES("minutes", 0, 59, ""),
  HOURS("hours", 0, 23, ""),
  DAYS("days of the month", 1, 31, ""),
  MONTHS("months", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  WEEKDAYS("weekdays", 1, 7, "SUN MON TUE WED THU FRI SAT"),
  YEARS("years", 1970, 2099, "");

  private static final int MOST_DIGITS = 4;

  private final String title;
  private final int least;
  private final int most;
  private final String names;

  CronField(String title, int least, int most, String names) {
    this.title = title;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /** Returns the names of the values in order; empty where they have none. */
  List<String> names() {
    return names.isEmpty() ? List.of() : List.of(names.split(" "));
  }

  /**
   * Returns the values that a field lists.
   *
   * @throws MalformedCron where it is not {@code *} and not a list of numbers, ranges and steps
   */
  BitSet values(String text) throws MalformedCron {
    BitSet values = new BitSet();
    for (String item : text.split(",", -1)) {
      addItem(item, values);
    }
    return values;
  }

  private void addItem(String item, BitSet values) throws MalformedCron {
    int slash = item.indexOf('/');
    String span = slash < 0 ? item : item.substring(0, slash);
    int step = slash < 0 ? 1 : number(item.substring(slash + 1));
    if (step < 1 || step > most - least + 1) {
      throw malformed();
    }
    if (span.equals("*") || (span.isEmpty() && slash >= 0)) {
      add(least, most, step, values);
      return;
    }
    int dash = span.indexOf('-');
    if (dash < 0) {
      int only = value(span);
      add(only, slash < 0 ? only : most, step, values);
      return;
    }
    int first = value(span.substring(0, dash));
    int last = value(span.substring(dash + 1));
    if (last < first && this == YEARS) {
      throw malformed();
    }
    add(first, last, step, values);
  }

  /** A range may pass the end, as FRI-MON and 22-2 do. */
  private void add(int first, int last, int step, BitSet values) {
    int size = most - least + 1;
    int unwrapped = last < first ? last + size : last;
    for (int value = first; value <= unwrapped; value += step) {
      values.set((value - least) % size + least);
    }
  }

  /**
   * Returns one value, written as number or name.
   *
   * @throws MalformedCron where it is neither, or out of bounds
   */
  int value(String text) throws MalformedCron {
    int name = names().indexOf(text.toUpperCase(Locale.ROOT));
    int value = name < 0 ? number(text) : name + least;
    if (value < least || value > most) {
      throw malformed();
    }
    return value;
  }

  /** Returns a number of a few ASCII digits; -1 for anything else. */
  private static int number(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber ? Integer.parseInt(text) : -1;
  }

  /** Returns what to say of a text that this field does not take. */
  MalformedCron malformed() {
    String words =
        switch (this) {
          case SECONDS, MINUTES -> numbers() + "; ranges (10-20), steps (0/5) and lists (0,30)";
          case HOURS -> numbers() + "; ranges (22-6), steps (0/2) and lists (0,12)";
          case DAYS ->
              numbers()
                  + "; ranges (1-15), steps (1/2) and lists (1,15); or alone L (the last), L-3, LW"
                  + " or 15W (the nearest weekday), or ?";
          case MONTHS -> numbers() + " or JAN to DEC; ranges (JAN-MAR), steps (1/3) and lists";
          case WEEKDAYS ->
              "SUN to SAT (or 1 to 7, where 1 is Sunday); ranges (MON-FRI) and lists (SAT,SUN); or"
                  + " alone FRIL (the last), FRI#3 (the third), or ?";
          case YEARS -> numbers() + "; ranges (2027-2029), steps and lists";
        };
    return new MalformedCron(title + " must be * or " + words);
  }

  private String numbers() {
    return "numbers from " + least + " to " + most;
  }
}
