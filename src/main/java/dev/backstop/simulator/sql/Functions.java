package dev.backstop.simulator.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.value.DataType;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/** MySQL's functions that the embedded engine lacks; public because it calls them by name. */
public final class Functions {

  private static final Pattern NUMBER =
      Pattern.compile("\\s*([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,3})?)");
  private static final Pattern DIGITS = Pattern.compile("\\s*([+-]?\\d+)");
  private static final long LONGEST_SLEEP_SECONDS = 86_400;

  /** The names under which the engine shall know the methods of this class. */
  static final List<String> NAMES =
      List.of(
          "md5",
          "sha1",
          "hex",
          "unhex",
          "substring_index",
          "find_in_set",
          "field",
          "to_days",
          "date_format",
          "str_to_date",
          "sleep",
          "unix_timestamp",
          "from_unixtime",
          "time_to_usec",
          "usec_to_time",
          "timestampdiff",
          "decimal_of",
          "double_of",
          "whole",
          "time_of",
          "text");

  private Functions() {}

  /** Returns the MD5 digest in lower-case hexadecimal. */
  public static @Nullable String md5(@Nullable String text) {
    return digest("MD5", text);
  }

  /** Returns the SHA-1 digest in lower-case hexadecimal. */
  public static @Nullable String sha1(@Nullable String text) {
    return digest("SHA-1", text);
  }

  private static @Nullable String digest(String algorithm, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is part of every Java runtime", e);
    }
  }

  /** Returns a number or the bytes of a text in upper-case hexadecimal. */
  public static @Nullable String hex(@Nullable String value) {
    if (value == null) {
      return null;
    }
    return value.matches("\\d{1,20}")
        ? new BigInteger(value).toString(16).toUpperCase(Locale.ROOT)
        : HexFormat.of().withUpperCase().formatHex(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the text whose bytes are given in hexadecimal, null when they are not. */
  public static @Nullable String unhex(@Nullable String value) {
    if (value == null || !value.matches("(?:[0-9a-fA-F]{2})*+")) {
      return null;
    }
    return new String(HexFormat.of().parseHex(value), StandardCharsets.UTF_8);
  }

  /** Returns what stands before the count-th delimiter, counted from the right when negative. */
  public static @Nullable String substring_index(
      @Nullable String text, @Nullable String delimiter, int count) {
    if (text == null || delimiter == null) {
      return null;
    }
    if (delimiter.isEmpty() || count == 0) {
      return "";
    }
    int at = count > 0 ? -delimiter.length() : text.length();
    for (int i = 0; i < Math.abs((long) count); i++) {
      at =
          count > 0
              ? text.indexOf(delimiter, at + delimiter.length())
              : text.lastIndexOf(delimiter, at - 1);
      if (at < 0) {
        return text;
      }
    }
    return count > 0 ? text.substring(0, at) : text.substring(at + delimiter.length());
  }

  /** Returns the place, from 1, of a text in a list with commas; 0 when it is not there. */
  public static @Nullable Integer find_in_set(@Nullable String text, @Nullable String list) {
    if (text == null || list == null) {
      return null;
    }
    return 1 + List.of(list.split(",", -1)).indexOf(text);
  }

  /** Returns the place, from 1, of the first text among the others; 0 when it is not there. */
  public static int field(@Nullable String text, @Nullable String... others) {
    for (int i = 0; i < others.length; i++) {
      if (text != null && text.equalsIgnoreCase(others[i])) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Returns the days since year 0. */
  public static @Nullable Long to_days(@Nullable String time) {
    LocalDateTime parsed = DateFormats.time(time);
    return parsed == null ? null : ChronoUnit.DAYS.between(LocalDate.of(0, 1, 1), parsed);
  }

  /** Formats a time with MySQL's percent signs. */
  public static @Nullable String date_format(@Nullable String time, @Nullable String format) {
    LocalDateTime parsed = DateFormats.time(time);
    return parsed == null || format == null ? null : DateFormats.format(parsed, format);
  }

  /** Reads a time with MySQL's percent signs; null when the text does not fit. */
  public static @Nullable LocalDateTime str_to_date(
      @Nullable String text, @Nullable String format) {
    return text == null || format == null ? null : DateFormats.parse(text, format);
  }

  /** Waits; answers 0, or 1 when it was interrupted. */
  public static int sleep(double seconds) {
    try {
      Thread.sleep((long) (Math.max(0, Math.min(seconds, LONGEST_SLEEP_SECONDS)) * 1000));
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** Returns the seconds since 1970 of a time in a zone. */
  public static @Nullable Long unix_timestamp(@Nullable String time, String zone) {
    LocalDateTime parsed = DateFormats.time(time);
    return parsed == null ? null : parsed.atZone(ZoneId.of(zone)).toEpochSecond();
  }

  /** Returns the time in a zone, of seconds since 1970. */
  public static @Nullable LocalDateTime from_unixtime(@Nullable Long seconds, String zone) {
    return seconds == null ? null : usec_to_time(Math.multiplyExact(seconds, 1_000_000), zone);
  }

  /** Returns the microseconds since 1970 of a time in a zone. */
  public static @Nullable Long time_to_usec(@Nullable String time, String zone) {
    LocalDateTime parsed = DateFormats.time(time);
    return parsed == null
        ? null
        : ChronoUnit.MICROS.between(Instant.EPOCH, parsed.atZone(ZoneId.of(zone)).toInstant());
  }

  /** Returns the time in a zone, of microseconds since 1970; null where no such time exists. */
  public static @Nullable LocalDateTime usec_to_time(@Nullable Long micros, String zone) {
    if (micros == null) {
      return null;
    }
    try {
      return LocalDateTime.ofInstant(
          Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneId.of(zone));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Returns the whole units between two times. */
  public static @Nullable Long timestampdiff(
      String unit, @Nullable String from, @Nullable String to) {
    LocalDateTime start = DateFormats.time(from);
    LocalDateTime end = DateFormats.time(to);
    if (start == null || end == null) {
      return null;
    }
    return switch (unit) {
      case "MICROSECOND" -> ChronoUnit.MICROS.between(start, end);
      case "SECOND" -> ChronoUnit.SECONDS.between(start, end);
      case "MINUTE" -> ChronoUnit.MINUTES.between(start, end);
      case "HOUR" -> ChronoUnit.HOURS.between(start, end);
      case "DAY" -> ChronoUnit.DAYS.between(start, end);
      case "WEEK" -> ChronoUnit.WEEKS.between(start, end);
      case "MONTH" -> ChronoUnit.MONTHS.between(start, end);
      case "QUARTER" -> ChronoUnit.MONTHS.between(start, end) / 3;
      case "YEAR" -> ChronoUnit.YEARS.between(start, end);
      default -> null;
    };
  }

  /** Returns the exact number that a value is, or that its text begins with. */
  public static @Nullable BigDecimal decimal_of(Value value) {
    return value == ValueNull.INSTANCE ? null : leadingNumber(value, "DECIMAL");
  }

  /** Returns the number, in floating point, that a value is, or that its text begins with. */
  public static @Nullable Double double_of(Value value) {
    return value == ValueNull.INSTANCE ? null : leadingNumber(value, "DOUBLE").doubleValue();
  }

  private static BigDecimal leadingNumber(Value value, String type) {
    if (!isText(value)) {
      return value.getBigDecimal();
    }
    String text = value.getString();
    Matcher matcher = NUMBER.matcher(text);
    boolean found = matcher.lookingAt();
    if (!text.isEmpty() && (!found || matcher.end() < text.length())) {
      Diagnostics.truncated(type, text);
    }
    return found ? new BigDecimal(matcher.group(1)) : BigDecimal.ZERO;
  }

  private static boolean isText(Value value) {
    return DataType.isCharacterStringType(value.getValueType());
  }

  /** Returns the whole number that a value is cast to; one out of range is the nearest in it. */
  public static @Nullable Long whole(Value value) {
    if (value == ValueNull.INSTANCE) {
      return null;
    }
    if (isText(value)) {
      return leadingDigits(value.getString());
    }
    return switch (value.getValueType()) {
      case Value.BOOLEAN, Value.INTEGER, Value.BIGINT -> value.getLong();
      case Value.DOUBLE, Value.REAL -> clamped(new BigDecimal(Math.rint(value.getDouble())));
      case Value.NUMERIC, Value.DECFLOAT ->
          clamped(value.getBigDecimal().setScale(0, RoundingMode.HALF_UP));
      default ->
          leadingDigits(value.getString().replaceFirst("\\..*", "").replaceAll("[^0-9]", ""));
    };
  }

  private static long leadingDigits(String text) {
    Matcher matcher = DIGITS.matcher(text);
    boolean found = matcher.lookingAt();
    if (!found || matcher.end(1) < text.length() || matcher.start(1) > 0) {
      Diagnostics.truncated("INTEGER", text);
    }
    return found ? clamped(new BigDecimal(matcher.group(1))) : 0;
  }

  private static long clamped(BigDecimal number) {
    return number
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .max(BigDecimal.valueOf(Long.MIN_VALUE))
        .longValue();
  }

  /** Returns the time that a value is, null where its text is none. */
  public static @Nullable LocalDateTime time_of(Value value) {
    return value == ValueNull.INSTANCE ? null : DateFormats.time(value.getString());
  }

  /**
   * Returns a value as the server spells it.
   *
   * @param digits how many a time shows behind its seconds even where they are none
   */
  public static @Nullable String text(Value value, int digits) {
    return switch (value.getValueType()) {
      case Value.NULL -> null;
      case Value.BOOLEAN -> value.getBoolean() ? "1" : "0";
      case Value.DOUBLE, Value.REAL -> ColumnTypes.floating(value.getDouble());
      case Value.TIMESTAMP -> {
        LocalDateTime time = DateFormats.time(value.getString());
        boolean exact = digits > 0 || (time != null && time.getNano() > 0);
        String format = "%Y-%m-%d %H:%i:%s" + (exact ? ".%f" : "");
        yield time == null ? null : DateFormats.format(time, format);
      }
      default -> value.getString();
    };
  }
}
