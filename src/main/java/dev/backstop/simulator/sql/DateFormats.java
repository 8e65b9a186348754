package dev.backstop.simulator.sql;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes times by MySQL's percent signs. */
final class DateFormats {

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:["
              + " T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?");

  private DateFormats() {}

  /** Reads a time as the engine spells it; null when the text is none. */
  static @Nullable LocalDateTime time(@Nullable String text) {
    Matcher matcher = TIME.matcher(text == null ? "" : text.trim());
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

  static String format(LocalDateTime time, String format) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        text.append(field(time, format.charAt(++i)));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String field(LocalDateTime time, char sign) {
    String pattern =
        switch (sign) {
          case 'Y' -> "uuuu";
          case 'y' -> "uu";
          case 'm' -> "MM";
          case 'c' -> "M";
          case 'd' -> "dd";
          case 'e' -> "d";
          case 'H' -> "HH";
          case 'k' -> "H";
          case 'h', 'I' -> "hh";
          case 'l' -> "h";
          case 'i' -> "mm";
          case 's', 'S' -> "ss";
          case 'f' -> "SSSSSS";
          case 'T' -> "HH:mm:ss";
          case 'r' -> "hh:mm:ss a";
          case 'p' -> "a";
          case 'j' -> "DDD";
          case 'M' -> "MMMM";
          case 'b' -> "MMM";
          default -> "";
        };
    if (!pattern.isEmpty()) {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
    return switch (sign) {
      case 'W' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
      default -> String.valueOf(sign);
    };
  }

  /** Reads the numeric signs (Y m c d e H k i s f T); null when the text does not fit. */
  static @Nullable LocalDateTime parse(String text, String format) {
    StringBuilder pattern = new StringBuilder();
    StringBuilder signs = new StringBuilder();
    String whole = format.replace("%T", "%H:%i:%s");
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      if (c == '%' && i + 1 < whole.length()) {
        char sign = whole.charAt(++i);
        signs.append(sign);
        pattern.append(sign == 'Y' ? "(\\d{4})" : sign == 'f' ? "(\\d{1,6})" : "(\\d{1,2})");
      } else {
        pattern.append(Pattern.quote(String.valueOf(c)));
      }
    }
    Matcher matcher = Pattern.compile(pattern.toString()).matcher(text);
    return matcher.lookingAt() ? assembled(matcher, signs) : null;
  }

  private static @Nullable LocalDateTime assembled(Matcher matcher, StringBuilder signs) {
    LocalDateTime time = LocalDate.of(2000, 1, 1).atStartOfDay();
    try {
      for (int i = 0; i < signs.length(); i++) {
        String digits = matcher.group(i + 1);
        int value = Integer.parseInt(digits);
        time =
            switch (signs.charAt(i)) {
              case 'Y' -> time.withYear(value);
              case 'y' -> time.withYear(2000 + value);
              case 'm', 'c' -> time.withMonth(value);
              case 'd', 'e' -> time.with(ChronoField.DAY_OF_MONTH, value);
              case 'H', 'k' -> time.withHour(value);
              case 'i' -> time.withMinute(value);
              case 's', 'S' -> time.withSecond(value);
              case 'f' -> time.withNano(nanos(digits));
              default -> time;
            };
      }
      return time;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
