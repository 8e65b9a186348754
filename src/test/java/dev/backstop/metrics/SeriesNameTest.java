package dev.backstop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesNameTest {

  @Test
  void noValueEndsItsLabelOrItsLine() {
    assertThat(SeriesName.of(Family.DAEMON_INFO, "daemon", "a\"} 1\nb\\"))
        .isEqualTo("backstop_daemon_info{daemon=\"a\\\"} 1\\nb\\\\\"}");
    assertThat(SeriesName.of(Family.DAEMON_INFO, "daemon", "a\u001b[31m\u202e"))
        .isEqualTo("backstop_daemon_info{daemon=\"a\\\\u001b[31m\\\\u202e\"}");
  }
}
