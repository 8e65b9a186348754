package dev.backstop.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointInTimeTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    "1h, 2026-03-01T09:00:00Z",
    "2026-02-01T00:00:00Z, 2026-02-01T00:00:00Z",
    "2026-02-01T08:00+08:00, 2026-02-01T00:00:00Z",
    "2026-02-01T08:00, 2026-02-01T00:00:00Z",
    "2026-02-01, 2026-01-31T16:00:00Z",
  })
  void isADistanceOrAnIsoTime(String text, Instant instant) {
    assertThat(PointInTime.parse(text, SHANGHAI))
        .hasValueSatisfying(point -> assertThat(point.before(NOW)).isEqualTo(instant));
  }
}
