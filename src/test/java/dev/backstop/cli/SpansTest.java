package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "10s, PT10S", "5m, PT5M", "2h, PT2H", "1d, PT24H"})
  void spansAreRead(String text, Duration span) {
    assertThat(Spans.read(text)).contains(span);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "5 s", "1h30m", "PT5M", "99999999999s"})
  void otherFormsAreNot(String text) {
    assertThat(Spans.read(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-PT5S, 0 s",
    "PT0.4S, 0 s",
    "PT59S, 59 s",
    "PT60S, 1 min",
    "PT303S, 5 min 3 s",
    "PT2H5M9S, 2 h 5 min",
    "PT52H, 2 d 4 h"
  })
  void spansAreWrittenInTwoUnits(Duration span, String words) {
    assertThat(Spans.words(span)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "1h, 2026-03-01T09:00:00Z",
    "2026-02-01T00:00:00Z, 2026-02-01T00:00:00Z",
    "2026-02-01T08:00+08:00, 2026-02-01T00:00:00Z",
    "2026-02-01T08:00, 2026-02-01T00:00:00Z",
    "2026-02-01, 2026-01-31T16:00:00Z",
  })
  void momentsAreReadAsDistanceOrIsoTime(String text, Instant instant) {
    assertThat(TypedTime.read(text, SHANGHAI))
        .hasValueSatisfying(moment -> assertThat(moment.before(Samples.NOW)).isEqualTo(instant));
  }
}
