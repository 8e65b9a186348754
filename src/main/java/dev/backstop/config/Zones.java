package dev.backstop.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads time zones: names of tzdata and fixed offsets such as {@code +08:00}, {@code UTC+8} and
 * {@code GMT+8}; suggests one for what people write who mean one.
 */
final class Zones {

  private static final String SHANGHAI = "Asia/Shanghai";
  private static final String CHINESE_OFFSET = "东八区";

  /** What Asia/Shanghai is called in China; CST is also the name of three other zones. */
  private static final Set<String> NAMES_OF_SHANGHAI =
      Set.of(
          ("CST,CHINA STANDARD TIME,PRC,CHINA,CN,BEIJING,PEKING,ASIA/BEIJING,ASIA/PEKING,SHANGHAI,"
                  + "BJT,北京,北京时间,上海,中国")
              .split(","));

  private static final Pattern ONE_DIGIT = Pattern.compile("(UTC|GMT|UT|)([+-])([0-9]:[0-9]{2})");

  private Zones() {}

  /** Reads a zone. */
  static ZoneId read(String text) throws MalformedValue {
    Optional<ZoneId> zone = known(text);
    if (zone.isEmpty()) {
      throw new MalformedValue(
          "must be a time zone such as Asia/Shanghai, UTC or +08:00, not "
              + ValueTypes.quote(text)
              + hint(text));
    }
    return zone.get();
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
    String offset = ONE_DIGIT.matcher(written.replace(" ", "")).replaceAll("$1$20$3");
    boolean isOffset = offset.indexOf('+') >= 0 || offset.indexOf('-') >= 0;
    if (NAMES_OF_SHANGHAI.contains(written)) {
      return "; did you mean " + SHANGHAI + "?";
    }
    if (written.equals(CHINESE_OFFSET)) {
      return "; did you mean +08:00?";
    }
    return isOffset && known(offset).isPresent()
        ? "; did you mean " + offset + "?"
        : Suggestion.hint(text, ZoneId.getAvailableZoneIds());
  }
}
