package dev.backstop.config;

import dev.backstop.observation.Redaction;
import dev.backstop.text.Durations;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of values that both files have. */
final class ValueTypes {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,9})(" + String.join("|", UNITS) + ")");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /** What looks like {@code user:password} before an {@code @}. */
  private static final Pattern LOGIN = Pattern.compile("(?U)(?<=^|[\\s@])[^\\s@:]+:[^\\s@]+(?=@)");

  private static final int LONGEST_QUOTE = 40;

  private ValueTypes() {}

  /** Reads a duration that is at least the shortest one allowed. */
  static ValueType<Duration> duration(Duration shortest) {
    return text -> {
      Duration duration = Durations.parse(text).orElse(null);
      if (duration == null) {
        String hint = NUMBER.matcher(text).matches() ? ": add a unit" : "";
        throw new MalformedValue(
            "must be a duration such as " + Durations.EXAMPLES + ", not " + quote(text) + hint);
      }
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

  /** Reads one of an enum's values by its word. */
  static <T extends Enum<T>> ValueType<T> word(T[] choices, Function<T, String> word) {
    List<String> words = Arrays.stream(choices).map(word).toList();
    return text -> {
      int index = words.indexOf(text);
      if (index < 0) {
        throw new MalformedValue(
            "must be one of %s, not %s%s"
                .formatted(String.join(", ", words), quote(text), Suggestion.hint(text, words)));
      }
      return choices[index];
    };
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
          "must be a whole number from %s to %s, not %s".formatted(least, most, quote(text)));
    };
  }

  /** Reads the name of a file or folder; no message shows it, as it may be a secret. */
  static Path path(String text, Path base) throws MalformedValue {
    try {
      return base.resolve(text).normalize();
    } catch (InvalidPathException invalid) {
      boolean isAscii = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
      String charset = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
      throw new MalformedValue(
          "must be the name of a file or folder"
              + (isAscii
                  ? ""
                  : "; the locale's charset " + charset + " can't write it: use a UTF-8 locale"));
    }
  }

  /** Reads a size in bytes, above 0. */
  static Long size(String text) throws MalformedValue {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new MalformedValue("must be a size such as 500MiB or 1GiB, not " + quote(text));
    }
    return Long.parseLong(matcher.group(1)) << (10 * (UNITS.indexOf(matcher.group(2)) + 1));
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
    if (!isName(text)) {
      throw new MalformedValue(notAName(text));
    }
    return text;
  }

  /** Returns whether a text can be the name of a policy, a cluster or a daemon. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Returns why a text can't be a name, in words that follow the subject. */
  static String notAName(String text) {
    return "must be 1 to 64 letters, digits, dots, underscores and hyphens, not " + quote(text);
  }

  /**
   * Returns a written text in quotes, short and free of control characters, and without what looks
   * like a credential that was pasted into the wrong place.
   */
  static String quote(String text) {
    if (text.length() > ScalarReader.LONGEST) {
      return "a text of %s characters".formatted(text.length());
    }
    String hidden = LOGIN.matcher(Redaction.of(text)).replaceAll("***");
    String shown =
        hidden.length() > LONGEST_QUOTE ? hidden.substring(0, LONGEST_QUOTE) + "..." : hidden;
    return "'" + UNSEEN.matcher(shown).replaceAll("?") + "'";
  }
}
