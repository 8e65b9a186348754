package dev.backstop.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Schedule;
import dev.backstop.testing.Policies;
import dev.backstop.testing.Readings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedIntervalsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final ExpectedIntervals intervals = new ExpectedIntervals();

  private static KnownPolicy known(String name, Schedule schedule) {
    return KnownPolicy.good(
        Policies.policy(name).schedule(schedule).build(), name + ".yaml", Readings.timeline(NOON));
  }

  private static Schedule every(int seconds) {
    return Schedule.every(Duration.ofSeconds(seconds), ZoneOffset.UTC);
  }

  @Test
  void clusterIsLookedAtAsOftenAsItsMostFrequentPolicySays() {
    List<KnownPolicy> policies = List.of(known("a", every(30)), known("b", every(10)));
    assertThat(intervals.of("hz", policies, NOON)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void editedPolicyCountsAtOnce() {
    assertThat(intervals.of("hz", List.of(known("a", every(30))), NOON))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(intervals.of("hz", List.of(known("a", every(60))), NOON))
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void expressionIsComputedAnewOnceItHasFired() {
    Schedule hours = Schedule.cron("0 0 8,13,14 * * ?", Duration.ofSeconds(30), ZoneOffset.UTC);
    List<KnownPolicy> policies = List.of(known("a", hours));
    assertThat(intervals.of("hz", policies, NOON)).isEqualTo(Duration.ofHours(1));
    assertThat(intervals.of("hz", policies, NOON.plus(Duration.ofMinutes(59))))
        .isEqualTo(Duration.ofHours(1));
    assertThat(intervals.of("hz", policies, NOON.plus(Duration.ofHours(1))))
        .isEqualTo(Duration.ofHours(18));
    assertThat(intervals.of("hz", policies, NOON))
        .as("after the clock was set back")
        .isEqualTo(Duration.ofHours(1));
  }
}
