package dev.backstop.cli;

import dev.backstop.text.Durations;
import dev.backstop.text.PointInTime;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Converts the values of options, with messages that name what is allowed. */
final class Converters {

  private Converters() {}

  /** Registers the converters with a command line and all its verbs. */
  static void register(CommandLine commands, ZoneId zone) {
    commands.registerConverter(Path.class, Converters::path);
    commands.registerConverter(Duration.class, Converters::duration);
    commands.registerConverter(PointInTime.class, text -> pointInTime(text, zone));
    commands.registerConverter(OutputFormat.class, Converters::output);
    commands.registerConverter(ReasonOption.class, Converters::reason);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw new TypeConversionException(
          "'" + text + "' can't be the name of a file in this locale; use a UTF-8 locale");
    }
  }

  private static ReasonOption reason(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("'" + text + "' is no reason; say why, for history");
    }
    if (text.length() > ReasonOption.LONGEST) {
      throw new TypeConversionException(
          "the reason has " + text.length() + " characters; say it in " + ReasonOption.LONGEST);
    }
    return new ReasonOption(text);
  }

  private static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is no duration; write one such as " + Durations.EXAMPLES));
  }

  private static PointInTime pointInTime(String text, ZoneId zone) {
    return PointInTime.parse(text, zone)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is neither a duration nor a time; write 24h, 2026-11-23 or"
                        + " 2026-11-23T10:00:00Z"));
  }

  private static OutputFormat output(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> OutputFormat.TEXT;
      case "json" -> OutputFormat.JSON;
      default ->
          throw new TypeConversionException("'" + text + "' is no format; write text or json");
    };
  }
}
