package dev.backstop.schedule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Turns what people write by habit, Unix crontab above all, into what Quartz reads. */
final class CronSuggestion {

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 0 1 1 ?",
          "@annually", "0 0 0 1 1 ?",
          "@monthly", "0 0 0 1 * ?",
          "@weekly", "0 0 0 ? * SUN",
          "@daily", "0 0 0 * * ?",
          "@midnight", "0 0 0 * * ?",
          "@hourly", "0 0 * * * ?");

  private static final List<String> UNIX_DAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

  private static final Pattern DAY_NUMBER = Pattern.compile("(?<![/\\d])[0-7](?!\\d)");

  private CronSuggestion() {}

  /** Returns a valid expression that probably says what was meant. */
  static Optional<String> of(String expression) {
    String text = expression.trim();
    String nickname = NICKNAMES.get(text.toLowerCase(Locale.ROOT));
    if (nickname != null) {
      return Optional.of(nickname);
    }
    String[] fields = text.split("\\s+");
    return switch (fields.length) {
      case 5 -> valid("0", fields[0], fields[1], fields[2], fields[3], names(fields[4]));
      case 6 -> valid(fields);
      default -> Optional.empty();
    };
  }

  /** Puts the '?' that Quartz wants in one of the two day fields, where that loses nothing. */
  private static Optional<String> valid(String... fields) {
    if (fields[5].equals("*")) {
      fields[5] = "?";
    } else if (fields[3].equals("*")) {
      fields[3] = "?";
    }
    String better = String.join(" ", fields);
    return CronExpression.isValidExpression(better) ? Optional.of(better) : Optional.empty();
  }

  /** Names the days: crontab counts them from 0 for Sunday, Quartz from 1. */
  private static String names(String daysOfWeek) {
    Matcher number = DAY_NUMBER.matcher(daysOfWeek);
    return number.replaceAll(found -> UNIX_DAYS.get(Integer.parseInt(found.group())));
  }
}
