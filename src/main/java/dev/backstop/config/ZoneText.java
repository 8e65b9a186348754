package dev.backstop.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads time zones, and knows what people write who mean one. */
final class ZoneText {

  private static final String SHANGHAI = "Asia/Shanghai";

  /** By what they are called in China; CST is also the name of three other zones. */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("CST", SHANGHAI),
          Map.entry("CHINA STANDARD TIME", SHANGHAI),
          Map.entry("PRC", SHANGHAI),
          Map.entry("CHINA", SHANGHAI),
          Map.entry("CN", SHANGHAI),
          Map.entry("BEIJING", SHANGHAI),
          Map.entry("PEKING", SHANGHAI),
          Map.entry("ASIA/BEIJING", SHANGHAI),
          Map.entry("ASIA/PEKING", SHANGHAI),
          Map.entry("SHANGHAI", SHANGHAI),
          Map.entry("BJT", SHANGHAI),
          Map.entry("北京", SHANGHAI),
          Map.entry("北京时间", SHANGHAI),
          Map.entry("上海", SHANGHAI),
          Map.entry("中国", SHANGHAI),
          Map.entry("东八区", "+08:00"));

  private static final Pattern ONE_DIGIT = Pattern.compile("(UTC|GMT|UT|)([+-])([0-9]:[0-9]{2})");

  private ZoneText() {}

  /**
   * Returns a zone by its name in tzdata, or a fixed offset: {@code +08:00}, {@code UTC+8}, {@code
   * GMT+8}.
   */
  static ZoneId zone(String text) throws MalformedValue {
    return known(text)
        .orElseThrow(
            () ->
                new MalformedValue(
                    "must be a time zone such as Asia/Shanghai, UTC or +08:00, not "
                        + Values.quote(text)
                        + hint(text)));
  }

  private static Optional<ZoneId> known(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  private static String hint(String text) {
    String written = text.strip().toUpperCase(Locale.ROOT);
    String meant = MEANT.get(written);
    if (meant == null) {
      String offset = ONE_DIGIT.matcher(written.replace(" ", "")).replaceAll("$1$20$3");
      boolean isOffset = offset.indexOf('+') >= 0 || offset.indexOf('-') >= 0;
      meant = isOffset && known(offset).isPresent() ? offset : null;
    }
    return meant == null
        ? Suggestion.hint(text, ZoneId.getAvailableZoneIds())
        : "; did you mean " + meant + "?";
  }
}
