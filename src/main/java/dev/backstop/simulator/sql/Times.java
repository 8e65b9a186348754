package dev.backstop.simulator.sql;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes times as the server spells them. */
final class Times {

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:["
              + " T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?");

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private Times() {}

  /** Returns the time that a text spells; null when it is none. */
  static @Nullable LocalDateTime read(@Nullable String text) {
    Matcher matcher = TIME.matcher(text == null ? "" : text.strip());
    if (!matcher.matches()) {
      return null;
    }
    try {
      return LocalDateTime.of(
          part(matcher, 1),
          part(matcher, 2),
          part(matcher, 3),
          part(matcher, 4),
          part(matcher, 5),
          part(matcher, 6),
          nanos(matcher.group(7)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int part(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
  }

  /**
   * Returns the text of a time.
   *
   * @param digits how many stand behind the point, 0 to 6; with 0 there is no point
   */
  static String spelled(LocalDateTime time, int digits) {
    String exact = EXACT.format(time);
    return exact.substring(0, exact.indexOf('.') + (digits == 0 ? 0 : 1 + digits));
  }
}
