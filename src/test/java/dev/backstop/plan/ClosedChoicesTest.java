package dev.backstop.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.JobObject;
import dev.backstop.policy.Desired;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asserts the words by which people and machines know the closed choices. */
class ClosedChoicesTest {

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
}
