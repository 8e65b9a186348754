package dev.backstop.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContentionTest {

  private static final TimelineInstant START = TimelineInstant.parse("2026-03-01T08:00:00Z");

  private static TimelineInstant hour(int hours) {
    return START.plus(Duration.ofHours(hours));
  }

  private static Contention returnsAt(int... hours) {
    Contention contest = Contention.NONE;
    for (int one : hours) {
      contest = contest.withReturn(hour(one));
    }
    return contest;
  }

  @Test
  void beginsWithTheThirdReturnWithinADay() {
    assertThat(returnsAt(0, 1).isOn()).isFalse();
    assertThat(returnsAt(0, 1, 2).isOn()).isTrue();
    assertThat(returnsAt(0, 1, 2).waitsUntil()).isEqualTo(hour(2).plus(Duration.ofMinutes(5)));
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
      assertThat(contest.waitsUntil()).isEqualTo(START.plus(Duration.ofMinutes(minutes)));
      contest = contest.withReturn(START);
    }
  }

  @Test
  void waitsNoLongerThanAnHourAfterVeryManyReturns() {
    Contention contest = Contention.NONE;
    for (int one = 0; one < 200; one++) {
      contest = contest.withReturn(START);
    }
    assertThat(contest.waitsUntil()).isEqualTo(hour(1));
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

    assertThat(contest.at(hour(26).minus(Duration.ofSeconds(1))).isOn()).isTrue();
    assertThat(contest.at(hour(26))).isEqualTo(Contention.NONE);
  }
}
