package dev.backstop.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "10s, PT10S", "5m, PT5M", "2h, PT2H", "1d, PT24H"})
  void durationsAreParsed(String text, Duration span) {
    assertThat(Durations.parse(text)).contains(span);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "5 s", "1h30m", "PT5M", "99999999999s"})
  void otherFormsAreNot(String text) {
    assertThat(Durations.parse(text)).isEmpty();
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
  void tablesHaveTheTwoLargestUnits(Duration span, String words) {
    assertThat(Durations.spaced(span)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0s",
    "59, 59s",
    "60, 1m",
    "125, 2m 5s",
    "3599, 59m 59s",
    "3600, 1h",
    "7500, 2h 5m",
    "86399, 23h 59m",
    "86400, 1d",
    "183600, 2d 3h"
  })
  void sentencesHaveTheTwoLargestUnits(long seconds, String words) {
    assertThat(Durations.brief(Duration.ofSeconds(seconds))).isEqualTo(words);
  }
}
