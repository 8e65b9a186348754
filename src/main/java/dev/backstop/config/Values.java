package dev.backstop.config;

import dev.backstop.observation.Redaction;
import dev.backstop.text.Durations;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the kinds of values that both files know. */
final class Values {

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB|TiB)");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  private static final int LONGEST_QUOTE = 40;

  private Values() {}

  /**
   * Returns a written text in quotes, short and free of control characters, and without what looks
   * like a credential that was pasted into the wrong place.
   */
  static String quote(String text) {
    if (text.length() > Section.LONGEST) {
      return "a text of %s characters".formatted(text.length());
    }
    String hidden = withoutLogins(Redaction.of(text));
    String shown =
        hidden.length() > LONGEST_QUOTE ? hidden.substring(0, LONGEST_QUOTE) + "..." : hidden;
    return "'" + UNSEEN.matcher(shown).replaceAll("?") + "'";
  }

  /** Hides what stands before an {@code @} where it looks like {@code user:password}. */
  private static String withoutLogins(String text) {
    StringBuilder shown = new StringBuilder();
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      boolean isSign = text.charAt(at) == '@';
      if (isSign || Character.isWhitespace(text.charAt(at))) {
        String word = text.substring(from, at);
        int colon = word.indexOf(':');
        boolean isLogin = isSign && colon > 0 && colon < word.length() - 1;
        shown.append(isLogin ? "***" : word).append(text.charAt(at));
        from = at + 1;
      }
    }
    return shown.append(text.substring(from)).toString();
  }

  /** Reads any text that can be seen. */
  static String text(String text) throws MalformedValue {
    if (UNSEEN.matcher(text).find()) {
      throw new MalformedValue(
          "must not hold control or invisible characters, as " + quote(text) + " does");
    }
    return text;
  }

  /** Reads a name of ours: a policy's, a cluster's or the daemon's. */
  static String name(String text) throws MalformedValue {
    if (!NAME.matcher(text).matches()) {
      throw new MalformedValue(
          "must be 1 to 64 letters, digits, dots, underscores and hyphens, not " + quote(text));
    }
    return text;
  }

  /** Reads one word of a closed list. */
  static <T> ValueType<T> word(List<T> choices, Function<T, String> word) {
    Map<String, T> byWord = new TreeMap<>();
    choices.forEach(choice -> byWord.put(word.apply(choice), choice));
    String allowed = choices.stream().map(word).collect(Collectors.joining(", "));
    return text -> {
      T choice = byWord.get(text);
      if (choice == null) {
        throw new MalformedValue(
            "must be one of "
                + allowed
                + ", not "
                + quote(text)
                + Suggestion.hint(text, byWord.keySet()));
      }
      return choice;
    };
  }

  /** Reads a duration that is at least the shortest one allowed. */
  static ValueType<Duration> duration(Duration shortest) {
    return text -> {
      Duration duration =
          Durations.parse(text)
              .orElseThrow(
                  () ->
                      new MalformedValue(
                          "must be a duration such as "
                              + Durations.EXAMPLES
                              + ", not "
                              + quote(text)
                              + (NUMBER.matcher(text).matches() ? ": add a unit" : "")));
      if (duration.compareTo(shortest) < 0) {
        throw new MalformedValue(
            "must be " + Durations.exact(shortest) + " or more, not " + quote(text));
      }
      return duration;
    };
  }

  /** Reads a duration of at least a millisecond that also fits a driver's settings. */
  static Duration timeout(String text) throws MalformedValue {
    Duration duration = duration(Duration.ofMillis(1)).read(text);
    if (duration.compareTo(Duration.ofHours(1)) > 0) {
      throw new MalformedValue("must be 1h or less, not " + quote(text));
    }
    return duration;
  }

  /** Reads a time zone: a name of tzdata or a fixed offset. */
  static ZoneId zone(String text) throws MalformedValue {
    return ZoneText.zone(text);
  }

  /** Reads a whole number within bounds, both included. */
  static ValueType<Long> number(long least, long most) {
    return text -> {
      if (NUMBER.matcher(text).matches()) {
        long number = Long.parseLong(text);
        if (number >= least && number <= most) {
          return number;
        }
      }
      throw new MalformedValue(
          String.format(
              Locale.ROOT,
              "must be a whole number from %d to %d, not %s",
              least,
              most,
              quote(text)));
    };
  }

  /** Reads a size in bytes, above 0. */
  static Long size(String text) throws MalformedValue {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new MalformedValue("must be a size such as 500MiB or 1GiB, not " + quote(text));
    }
    int shift = 10 * (List.of("KiB", "MiB", "GiB", "TiB").indexOf(matcher.group(2)) + 1);
    return Long.parseLong(matcher.group(1)) << shift;
  }
}
