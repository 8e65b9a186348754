package dev.backstop.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-30T08:42:01Z",
        "2026-11-30T08:42:01.5Z",
        "2026-11-30T08:42:01.123456Z",
        "2024-02-29T23:59:59.999999999Z",
        "1969-12-31T23:59:59.000001Z",
        "0000-01-01T00:00:00Z",
        "+12026-11-30T08:42:01Z",
        "-0001-11-30T08:42:01Z",
        "2026-11-30T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-11-30T08:42:01.Z"
      })
  void instantsAreThoseThatTheJdkReads(String text) {
    assertThat(IsoInstants.parse(text)).isEqualTo(Instant.parse(text));
  }

  @Test
  void instantsThatWereWrittenAreReadAgain() {
    Instant written = Instant.EPOCH;
    for (int i = 0; i < 2_000; i++) {
      written = written.plusSeconds(86_399L * i).plusNanos(1_000_003L * i);
      assertThat(IsoInstants.parse(written.toString())).isEqualTo(written);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-30T08:42:01",
        "2026-11-30 08:42:01Z",
        "2026-13-30T08:42:01Z",
        "2026-02-29T08:42:01Z",
        "2026-11-30T25:42:01Z",
        "2026-11-30T08:42:01.1234567890Z",
        "2026-11-30T08:42:01.12a4Z"
      })
  void whatIsNoInstantIsRefused(String text) {
    assertThatThrownBy(() -> IsoInstants.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
