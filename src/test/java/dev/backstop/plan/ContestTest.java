package dev.backstop.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContestTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private static Instant hour(int hours) {
    return START.plus(Duration.ofHours(hours));
  }

  private static Contest returnsAt(int... hours) {
    Contest contest = Contest.NONE;
    for (int one : hours) {
      contest = contest.withReturn(hour(one));
    }
    return contest;
  }

  @Test
  void beginsWithTheThirdReturnWithinADay() {
    assertThat(returnsAt(0, 1).isOn()).isFalse();
    assertThat(returnsAt(0, 1, 2).isOn()).isTrue();
    assertThat(returnsAt(0, 1, 2).waitsUntil()).isEqualTo(hour(2).plusSeconds(300));
  }

  @Test
  void countsNoReturnThatIsADayOld() {
    assertThat(returnsAt(0, 1, 24).isOn()).isFalse();
    assertThat(returnsAt(0, 1, 23).isOn()).isTrue();
    assertThat(returnsAt(0, 1, 24).count()).isEqualTo(2);
  }

  @Test
  void waitsLongerAfterEachReturnUpToAnHour() {
    Contest contest = returnsAt(0, 0, 0);
    for (int minutes : new int[] {5, 10, 20, 40, 60, 60, 60}) {
      assertThat(contest.waitsUntil()).isEqualTo(START.plus(Duration.ofMinutes(minutes)));
      contest = contest.withReturn(START);
    }
  }

  @Test
  void waitsNoLongerThanAnHourAfterVeryManyReturns() {
    Contest contest = Contest.NONE;
    for (int one = 0; one < 200; one++) {
      contest = contest.withReturn(START);
    }
    assertThat(contest.waitsUntil()).isEqualTo(hour(1));
  }

  @Test
  void goesOnWhileReturnsKeepComingWithinADay() {
    Contest contest = returnsAt(0, 1, 2, 20, 40, 60);

    assertThat(contest.isOn()).isTrue();
    assertThat(contest.count()).isEqualTo(6);
  }

  @Test
  void endsADayAfterTheLastReturn() {
    Contest contest = returnsAt(0, 1, 2);

    assertThat(contest.at(hour(26).minusSeconds(1)).isOn()).isTrue();
    assertThat(contest.at(hour(26))).isEqualTo(Contest.NONE);
  }
}
