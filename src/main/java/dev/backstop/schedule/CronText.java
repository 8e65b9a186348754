package dev.backstop.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Splits an expression into its fields, and suggests the Quartz form of other cron dialects.
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
   * @throws MalformedCron where it is malformed, with a suggestion where there is one
   */
  static List<String> fields(String expression) throws MalformedCron {
    String text = expression.strip();
    if (text.startsWith("@")) {
      String intended = NICKNAMES.get(text);
      throw new MalformedCron(
          "must be written in six fields, as Quartz knows no such word"
              + (intended == null ? "; write the six fields, or every: 30s" : use(intended)));
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
    requireOneQuestionMark(fields);
    return fields;
  }

  /**
   * Returns a warning about numbers in the weekday field, which Quartz counts from Sunday; empty
   * where there are none.
   */
  static String weekdayNumbers(List<String> fields) {
    String text = fields.get(WEEKDAY);
    if (!WEEKDAY_NUMBER.matcher(text).find()) {
      return "";
    }
    String read = named(text, number -> number - 1);
    String intended = named(text, number -> number);
    return "in Quartz weekday 1 is Sunday, so "
        + text
        + " is "
        + read
        + "; write "
        + intended
        + " where that is meant, else "
        + read;
  }

  private static void requireOneQuestionMark(List<String> fields) throws MalformedCron {
    boolean monthday = fields.get(MONTHDAY).equals("?");
    boolean weekday = fields.get(WEEKDAY).equals("?");
    if (monthday != weekday) {
      return;
    }
    if (monthday) {
      throw new MalformedCron(
          "has a ? in both day fields" + suggest(replaced(fields, MONTHDAY, "*")));
    }
    String words = "needs a ? in one of its two day fields";
    if (!fields.get(MONTHDAY).equals("*") && !fields.get(WEEKDAY).equals("*")) {
      throw new MalformedCron(words + "; write two policies for two kinds of days");
    }
    int open = fields.get(WEEKDAY).equals("*") ? WEEKDAY : MONTHDAY;
    throw new MalformedCron(words + suggest(replaced(fields, open, "?")));
  }

  private static String replaced(List<String> fields, int index, String field) {
    String[] changed = fields.toArray(String[]::new);
    changed[index] = field;
    return String.join(" ", changed);
  }

  private static String fromUnix(List<String> fields) {
    String day = fields.get(2);
    String weekday = named(fields.get(4), number -> number % 7);
    if (weekday.equals("*")) {
      weekday = "?";
    } else if (day.equals("*")) {
      day = "?";
    }
    return suggest(
        String.join(" ", "0", fields.get(0), fields.get(1), day, fields.get(3), weekday));
  }

  /** Returns the weekday field with names for its numbers. */
  private static String named(String weekdays, IntFunction<Integer> index) {
    List<String> names = CronField.WEEKDAYS.names();
    return WEEKDAY_NUMBER
        .matcher(weekdays)
        .replaceAll(number -> names.get(index.apply(Integer.parseInt(number.group())) % 7));
  }

  /** Returns a suggestion; empty where the expression is malformed otherwise, too. */
  private static String suggest(String expression) {
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
