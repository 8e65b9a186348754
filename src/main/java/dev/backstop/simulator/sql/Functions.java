package dev.backstop.simulator.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.value.DataType;
import org.h2.value.Value;
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
          "sleep",
          "unix_timestamp",
          "from_unixtime",
          "time_to_usec",
          "usec_to_time",
          "decimal_of",
          "double_of",
          "whole",
          "time_of",
          "text");

  private Functions() {}

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
    LocalDateTime parsed = Times.read(time);
    return parsed == null ? null : parsed.atZone(ZoneId.of(zone)).toEpochSecond();
  }

  /** Returns the time in a zone, of seconds since 1970. */
  public static @Nullable LocalDateTime from_unixtime(@Nullable Long seconds, String zone) {
    return seconds == null ? null : usec_to_time(Math.multiplyExact(seconds, 1_000_000), zone);
  }

  /** Returns the microseconds since 1970 of a time in a zone. */
  public static @Nullable Long time_to_usec(@Nullable String time, String zone) {
    LocalDateTime parsed = Times.read(time);
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

  /** Returns the exact number that a value is, or that its text begins with. */
  public static @Nullable BigDecimal decimal_of(Value value) {
    return value.getValueType() == Value.NULL ? null : leadingNumber(value, "DECIMAL");
  }

  /** Returns the number, in floating point, that a value is, or that its text begins with. */
  public static @Nullable Double double_of(Value value) {
    return value.getValueType() == Value.NULL ? null : leadingNumber(value, "DOUBLE").doubleValue();
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
    if (value.getValueType() == Value.NULL) {
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
    return value.getValueType() == Value.NULL ? null : Times.read(value.getString());
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
        LocalDateTime time = Times.read(value.getString());
        if (time == null) {
          yield null;
        }
        boolean isWhole = time.truncatedTo(ChronoUnit.SECONDS).equals(time);
        yield Times.spelled(time, digits > 0 || !isWhole ? 6 : 0);
      }
      default -> value.getString();
    };
  }
}
