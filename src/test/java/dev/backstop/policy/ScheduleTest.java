package dev.backstop.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void isOneOfTwoForms() {
    assertThat(Schedule.every(Duration.ofSeconds(1), ZoneOffset.UTC))
        .hasToString("every PT1S in Z");
    assertThat(Schedule.cron("0 * * * * ?", Duration.ofSeconds(30), ZoneOffset.UTC))
        .hasToString("0 * * * * ? in Z");
    assertThatThrownBy(() -> new Schedule(null, null, ZoneOffset.UTC))
        .hasMessageContaining("a cron expression or an interval");
  }

  @Test
  void isNeverFasterThanASecond() {
    assertThatThrownBy(() -> Schedule.every(Duration.ofMillis(999), ZoneOffset.UTC))
        .hasMessageContaining("1s or more");
  }

  @Test
  void coverageNamesWhatItCovers() {
    assertThat(Coverage.WHOLE_CLUSTER).hasToString("whole cluster");
    assertThat(Coverage.of(List.of(new TenantRef("pay")))).asString().contains("pay");
  }
}
