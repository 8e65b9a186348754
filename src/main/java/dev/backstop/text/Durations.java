package dev.backstop.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and prints durations. */
public final class Durations {

  /** Examples of what {@link #parse} accepts, for messages. */
  public static final String EXAMPLES = "500ms, 10s, 5m, 2h or 1d";

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /** Returns the duration that a text spells; empty where it spells none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /** Returns an exact text that {@link #parse} accepts, in the largest unit that is whole. */
  public static String exact(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 != 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }

  /** Returns a duration to its two largest units, for sentences: {@code 2h 5m}, {@code 30s}. */
  public static String brief(Duration duration) {
    return twoLargest(duration, "", "m");
  }

  /** Returns a duration to its two largest units, for tables: {@code 2 h 5 min}, {@code 30 s}. */
  public static String spaced(Duration duration) {
    return twoLargest(duration, " ", "min");
  }

  private static String twoLargest(Duration duration, String gap, String minutes) {
    if (duration.toSeconds() <= 0) {
      return "0" + gap + "s";
    }
    long[] amounts = {
      duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart()
    };
    String[] units = {"d", "h", minutes, "s"};
    int first = 0;
    while (amounts[first] == 0) {
      first++;
    }
    String text = amounts[first] + gap + units[first];
    int second = first + 1;
    return second == units.length || amounts[second] == 0
        ? text
        : text + " " + amounts[second] + gap + units[second];
  }
}
