package dev.backstop.config;

import dev.backstop.policy.DestinationPattern;
import dev.backstop.policy.WindowEntry;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of values that only the limits of a policy have. */
final class WindowValues {

  private static final List<String> DAYS =
      Arrays.stream(DayOfWeek.values()).map(WindowEntry::word).toList();

  private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{2})(:00)?");

  private WindowValues() {}

  /** Reads {@code daily}, days and ranges of days separated by commas; a range may pass Sunday. */
  static Set<DayOfWeek> days(String text) throws MalformedValue {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    if (text.strip().equalsIgnoreCase("daily")) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw notDays(text, "");
      }
      DayOfWeek first = day(text, ends[0]);
      DayOfWeek last = day(text, ends[ends.length - 1]);
      days.add(first);
      for (DayOfWeek day = first; day != last; day = day.plus(1)) {
        days.add(day.plus(1));
      }
    }
    return days;
  }

  private static DayOfWeek day(String text, String word) throws MalformedValue {
    String written = word.strip().toLowerCase(Locale.ROOT);
    int index = DAYS.indexOf(written);
    if (index < 0) {
      boolean isLong = written.length() > 3 && DAYS.contains(written.substring(0, 3));
      throw notDays(
          text,
          isLong
              ? "; did you mean '" + written.substring(0, 3) + "'?"
              : written.isEmpty() ? "" : Suggestion.hint(written, DAYS));
    }
    return DayOfWeek.of(index + 1);
  }

  private static MalformedValue notDays(String text, String hint) {
    return new MalformedValue(
        "must be days such as mon-fri, \"sat, sun\" or daily, not "
            + ValueTypes.quote(text)
            + hint);
  }

  /** Reads the minute of the day at which an entry begins. */
  static Integer begin(String text) throws MalformedValue {
    int minute = minute(text, "23:59");
    if (minute >= WindowEntry.DAY) {
      throw new MalformedValue("must be a time from 00:00 to 23:59, not " + ValueTypes.quote(text));
    }
    return minute;
  }

  /** Reads the minute of the day at which an entry ends; 24:00 ends the day. */
  static Integer end(String text) throws MalformedValue {
    return minute(text, "24:00");
  }

  private static int minute(String text, String last) throws MalformedValue {
    Matcher matcher = TIME.matcher(text);
    if (matcher.matches()) {
      int hours = Integer.parseInt(matcher.group(1));
      int minutes = Integer.parseInt(matcher.group(2));
      boolean isTime = (hours < 24 && minutes < 60) || (hours == 24 && minutes == 0);
      boolean isExact = matcher.group(1).length() == 2 && matcher.group(3) == null;
      if (isTime && isExact) {
        return hours * 60 + minutes;
      }
      if (isTime) {
        throw notTime(
            text, last, String.format(Locale.ROOT, "; did you mean '%02d:%02d'?", hours, minutes));
      }
    }
    throw notTime(text, last, "");
  }

  private static MalformedValue notTime(String text, String last, String hint) {
    return new MalformedValue(
        "must be a time from 00:00 to %s, not %s%s".formatted(last, ValueTypes.quote(text), hint));
  }

  /** Reads a pattern of destinations. */
  static DestinationPattern destination(String text) throws MalformedValue {
    int question = text.indexOf('?');
    String query = question < 0 ? "" : text.substring(question + 1);
    if (!query.isEmpty() && !(query.startsWith("host=") && query.indexOf('&') < 0)) {
      throw new MalformedValue(
          "must have nothing but host= after the ?, and no credentials: those are never compared");
    }
    int slashes = text.indexOf("://");
    int slash = slashes < 0 ? -1 : text.indexOf('/', slashes + 3);
    int at = text.indexOf('@');
    if (slashes >= 0 && at >= 0 && (slash < 0 || at < slash)) {
      throw new MalformedValue("must have no user before an @: credentials are never compared");
    }
    return DestinationPattern.parse(text)
        .orElseThrow(
            () ->
                new MalformedValue(
                    "must be a pattern such as oss://bucket/* or file:///data/nfs/*, with a scheme"
                        + " without *, not "
                        + ValueTypes.quote(text)));
  }
}
