package dev.backstop.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.ClockJumps;
import dev.backstop.observation.ClockJumps.Jump;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentionTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private static Instant hour(int hours) {
    return START.plus(Duration.ofHours(hours));
  }

  private static Contention returnsAt(int... hours) {
    Contention contest = Contention.NONE;
    for (int one : hours) {
      contest = contest.withReturn(hour(one), ClockJumps.NONE);
    }
    return contest;
  }

  @Test
  void aClockPutForwardShortensNoWait() {
    ClockJumps jumps = new ClockJumps(List.of(Jump.noticed(hour(2), hour(30))));
    Contention contest = returnsAt(0, 1, 2);
    assertThat(contest.at(hour(30), jumps).isOn()).isTrue();
    assertThat(contest.waitsUntil(hour(30), jumps)).isEqualTo(hour(30).plusSeconds(300));
  }

  @Test
  void beginsWithTheThirdReturnWithinADay() {
    assertThat(returnsAt(0, 1).isOn()).isFalse();
    assertThat(returnsAt(0, 1, 2).isOn()).isTrue();
    assertThat(returnsAt(0, 1, 2).waitsUntil(START, ClockJumps.NONE))
        .isEqualTo(hour(2).plusSeconds(300));
  }

  @Test
  void countsNoReturnThatIsADayOld() {
    assertThat(returnsAt(0, 1, 24).isOn()).isFalse();
    assertThat(returnsAt(0, 1, 23).isOn()).isTrue();
    assertThat(returnsAt(0, 1, 24).count()).isEqualTo(2);
  }

  @Test
  void waitsLongerAfterEachReturnUpToAnHour() {
    Contention contest = returnsAt(0, 0, 0);
    for (int minutes : new int[] {5, 10, 20, 40, 60, 60, 60}) {
      assertThat(contest.waitsUntil(START, ClockJumps.NONE))
          .isEqualTo(START.plus(Duration.ofMinutes(minutes)));
      contest = contest.withReturn(START, ClockJumps.NONE);
    }
  }

  @Test
  void waitsNoLongerThanAnHourAfterVeryManyReturns() {
    Contention contest = Contention.NONE;
    for (int one = 0; one < 200; one++) {
      contest = contest.withReturn(START, ClockJumps.NONE);
    }
    assertThat(contest.waitsUntil(START, ClockJumps.NONE)).isEqualTo(hour(1));
  }

  @Test
  void goesOnWhileReturnsKeepComingWithinADay() {
    Contention contest = returnsAt(0, 1, 2, 20, 40, 60);

    assertThat(contest.isOn()).isTrue();
    assertThat(contest.count()).isEqualTo(6);
  }

  @Test
  void endsADayAfterTheLastReturn() {
    Contention contest = returnsAt(0, 1, 2);

    assertThat(contest.at(hour(26).minusSeconds(1), ClockJumps.NONE).isOn()).isTrue();
    assertThat(contest.at(hour(26), ClockJumps.NONE)).isEqualTo(Contention.NONE);
  }
}
