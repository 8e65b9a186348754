package dev.backstop.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.JobObject;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileState;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tells how times and closed choices are read by people and machines. */
class TimeWordsTest {

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
  void durationIsToldInItsLargestUnits(long seconds, String words) {
    assertThat(TimeWords.duration(Duration.ofSeconds(seconds))).isEqualTo(words);
  }

  @Test
  void closedChoicesHaveTheWordsOfTheContract() {
    assertThat(Desired.ON.word()).isEqualTo("on");
    assertThat(Mode.OBSERVE.word()).isEqualTo("observe");
    assertThat(OnDelete.HOLD.word()).isEqualTo("hold");
    assertThat(Verdict.UNCOVERED.word()).isEqualTo("uncovered");
    assertThat(ReasonCode.BUDGET_HELD.word()).isEqualTo("budget_held");
    assertThat(HoldReason.ON_DELETE_HOLD.word()).isEqualTo("on_delete_hold");
    assertThat(Statement.CANCEL_BACKUPSET.word()).isEqualTo("cancel_backupset");
  }

  @ParameterizedTest
  @EnumSource(JobObject.class)
  void everyObjectIsStoppedByItsOwnStatement(JobObject object) {
    assertThat(Statement.stopping(object).object()).isEqualTo(object);
    assertThat(Statement.stopping(object).sql()).startsWith("ALTER SYSTEM ");
  }

  @Test
  void onlyPermittedAndStoppedAreConverged() {
    assertThat(Arrays.stream(State.values()).filter(State::isConverged))
        .containsExactly(State.PERMITTED, State.STOPPED);
  }

  @Test
  void onlyPendingAndHeldAreDeletionsThatHaveNotCounted() {
    assertThat(Arrays.stream(FileState.values()).filter(FileState::isUncountedDeletion))
        .containsExactly(FileState.PENDING, FileState.HELD);
  }
}
