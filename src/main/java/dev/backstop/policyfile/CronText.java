package dev.backstop.policyfile;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises the cron spellings that Quartz does not take, and says how Quartz spells the same.
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

  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

  private static final Pattern WEEKDAY_NUMBER = Pattern.compile("(?<![/\\d#])[0-7](?![\\d])");

  private CronText() {}

  /**
   * Returns what is wrong with the shape of an expression, with the right one where it is known.
   */
  static Optional<String> problem(String expression) {
    if (expression.startsWith("@")) {
      String meant = NICKNAMES.get(expression);
      return Optional.of(
          "must be written in six fields, as Quartz knows no "
              + Values.quote(expression)
              + (meant == null ? "; write the six fields, or every: 30s" : use(meant)));
    }
    if (Durations.parse(expression).isPresent()) {
      return Optional.of(
          "must be a cron expression; for an interval write every: " + expression + " instead");
    }
    List<String> fields = Arrays.asList(expression.strip().split("\\s+"));
    if (fields.size() == 5) {
      return Optional.of(
          "has 5 fields; Quartz wants 6, beginning with the seconds" + fromUnix(fields));
    }
    if (fields.size() < 5 || fields.size() > 7) {
      return Optional.of(
          "must be a Quartz cron expression of 6 or 7 fields such as 0/30 * * * * ?, not "
              + Values.quote(expression));
    }
    return dayFields(fields);
  }

  private static Optional<String> dayFields(List<String> fields) {
    if (fields.get(3).equals("?") || fields.get(5).equals("?")) {
      return Optional.empty();
    }
    String words = "needs a ? in one of its two day fields";
    if (!fields.get(3).equals("*") && !fields.get(5).equals("*")) {
      return Optional.of(words + "; write two policies for two kinds of days");
    }
    int open = fields.get(5).equals("*") ? 5 : 3;
    String[] mended = fields.toArray(String[]::new);
    mended[open] = "?";
    return Optional.of(words + use(String.join(" ", mended)));
  }

  private static String fromUnix(List<String> fields) {
    String day = fields.get(2);
    String weekday =
        WEEKDAY_NUMBER
            .matcher(fields.get(4))
            .replaceAll(number -> WEEKDAYS.get(Integer.parseInt(number.group())));
    if (weekday.equals("*")) {
      weekday = "?";
    } else if (day.equals("*")) {
      day = "?";
    } else if (!day.equals("?") && !weekday.equals("?")) {
      return "";
    }
    return use(String.join(" ", "0", fields.get(0), fields.get(1), day, fields.get(3), weekday));
  }

  private static String use(String expression) {
    return "; use \"" + expression + "\"";
  }
}
