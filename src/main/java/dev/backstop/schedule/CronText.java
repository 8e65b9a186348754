package dev.backstop.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Splits an expression into its fields, and says of the spellings that Quartz does not take how
 * Quartz spells the same.
 *
 * <p>Quartz has six or seven fields beginning with seconds, counts weekdays from SUN = 1, and wants
 * a {@code ?} in one of its two day fields.
 */
final class CronText {

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 0 * * * ?",
          "@daily", "0 0 0 * * ?",
          "@midnight", "0 0 0 * * ?",
          "@weekly", "0 0 0 ? * SUN",
          "@monthly", "0 0 0 1 * ?",
          "@yearly", "0 0 0 1 1 ?",
          "@annually", "0 0 0 1 1 ?");

  private static final int MONTHDAY = 3;
  private static final int WEEKDAY = 5;
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");
  private static final Pattern WEEKDAY_NUMBER = Pattern.compile("(?<![/0-9#])[0-7](?![0-9])");

  private CronText() {}

  /**
   * Returns the six or seven fields, with a {@code ?} in exactly one of the day fields.
   *
   * @throws MalformedCron where it has not, with the right spelling where it is known
   */
  static List<String> fields(String expression) throws MalformedCron {
    String text = expression.strip();
    if (text.startsWith("@")) {
      String meant = NICKNAMES.get(text);
      throw new MalformedCron(
          "must be written in six fields, as Quartz knows no such word"
              + (meant == null ? "; write the six fields, or every: 30s" : use(meant)));
    }
    List<String> fields = Arrays.asList(BLANKS.split(text));
    if (fields.size() == 5) {
      throw new MalformedCron(
          "has 5 fields; Quartz wants 6, beginning with the seconds" + fromUnix(fields));
    }
    if (fields.size() < 5 || fields.size() > 7) {
      throw new MalformedCron(
          "must be a Quartz cron expression of 6 or 7 fields such as 0/30 * * * * ?");
    }
    requireOneOpenDay(fields);
    return fields;
  }

  /**
   * Returns what numbers in the weekday field of a valid expression mean, which is seldom what is
   * meant; empty text where there are none.
   */
  static String weekdayNumbers(List<String> fields) {
    String text = fields.get(WEEKDAY);
    if (!WEEKDAY_NUMBER.matcher(text).find()) {
      return "";
    }
    String read = named(text, number -> number - 1);
    String meant = named(text, number -> number);
    return "in Quartz weekday 1 is Sunday, so "
        + text
        + " is "
        + read
        + "; write "
        + meant
        + " where that is meant, else "
        + read;
  }

  private static void requireOneOpenDay(List<String> fields) throws MalformedCron {
    boolean monthday = fields.get(MONTHDAY).equals("?");
    boolean weekday = fields.get(WEEKDAY).equals("?");
    if (monthday != weekday) {
      return;
    }
    if (monthday) {
      throw new MalformedCron(
          "has a ? in both day fields" + valid(replaced(fields, MONTHDAY, "*")));
    }
    String words = "needs a ? in one of its two day fields";
    if (!fields.get(MONTHDAY).equals("*") && !fields.get(WEEKDAY).equals("*")) {
      throw new MalformedCron(words + "; write two policies for two kinds of days");
    }
    int open = fields.get(WEEKDAY).equals("*") ? WEEKDAY : MONTHDAY;
    throw new MalformedCron(words + valid(replaced(fields, open, "?")));
  }

  private static String replaced(List<String> fields, int index, String field) {
    String[] mended = fields.toArray(String[]::new);
    mended[index] = field;
    return String.join(" ", mended);
  }

  private static String fromUnix(List<String> fields) {
    String day = fields.get(2);
    String weekday = named(fields.get(4), number -> number % 7);
    if (weekday.equals("*")) {
      weekday = "?";
    } else if (day.equals("*")) {
      day = "?";
    }
    return valid(String.join(" ", "0", fields.get(0), fields.get(1), day, fields.get(3), weekday));
  }

  /** Returns the weekday field with names for its numbers. */
  private static String named(String weekdays, IntFunction<Integer> index) {
    List<String> names = CronField.WEEKDAYS.names();
    return WEEKDAY_NUMBER
        .matcher(weekdays)
        .replaceAll(number -> names.get(index.apply(Integer.parseInt(number.group())) % 7));
  }

  /** Suggests an expression that can be used; nothing where the rest of it is wrong, too. */
  private static String valid(String expression) {
    try {
      Cron.parse(expression);
      return use(expression);
    } catch (MalformedCron wrong) {
      return "";
    }
  }

  private static String use(String expression) {
    return "; use \"" + expression + "\"";
  }
}
