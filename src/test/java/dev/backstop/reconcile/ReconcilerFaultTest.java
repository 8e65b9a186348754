package dev.backstop.reconcile;

import static dev.backstop.testing.Looks.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.observation.BlindSpot;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Tells what one cycle does where a look, the store or Backstop itself fails, and when it looks
 * again.
 */
class ReconcilerFaultTest extends ReconcilerFixture {

  @Test
  void sendsNothingWhileTheStoreFails_andTriesAgain() {
    store.failAlways("the disk is full");
    assertThat(by("daemon").cycle("c1", START)).isEmpty();
    assertThat(sent).isEmpty();
    assertThat(asked).containsExactly(START.plusSeconds(2));
    store.mend();
    by("daemon").cycle("c1", START);
    assertThat(sent).hasSize(1);
  }

  /** It may have begun before the failure that another cycle has told meanwhile. */
  @Test
  void leavesItToTheNextHeartbeatToTellThatTheStoreCanBeWrittenAgain() {
    store.failAlways("the disk is full");
    by("daemon").cycle("c1", START);
    store.mend();
    by("daemon").cycle("c1", START);
    assertThat(writable).containsExactly(false);
  }

  @Test
  void looksAgainSoonAfterALookThatFailed_whateverTheSchedule() {
    sight = look().blindTo(BlindSpot.Area.EVERYTHING);
    Reconciler daemon = by("daemon");
    for (int i = 0; i < 5; i++) {
      daemon.cycle("c1", null);
    }
    sight = look();
    daemon.cycle("c1", null);
    clock.advance(Duration.ofSeconds(2));
    daemon.cycle("c1", null);
    sight = look().blindTo(BlindSpot.Area.EVERYTHING);
    daemon.cycle("c1", null);

    Instant then = START.plusSeconds(2);
    assertThat(asked)
        .containsExactly(
            START.plusSeconds(2),
            START.plusSeconds(5),
            START.plusSeconds(10),
            START.plusSeconds(30),
            START.plusSeconds(30),
            START.plusSeconds(2),
            then.plusSeconds(30),
            then.plusSeconds(2));
  }

  @Test
  void keepsToTheScheduleWhereAViewIsMissing() {
    sight = look().blindTo(BlindSpot.Area.SETS, BlindSpot.Cause.MISSING);
    by("daemon").cycle("c1", null);
    clock.advance(Duration.ofSeconds(2));
    by("daemon").cycle("c1", null);
    assertThat(asked).as("log has its second look").last().isEqualTo(START.plusSeconds(32));
  }

  @Test
  void recordsALookThatOverflowsTheStackAsUnknown() {
    looking =
        () -> {
          throw new StackOverflowError();
        };
    KindPlan data = data(by("daemon").cycle("c1", START));
    assertThat(data.state()).isEqualTo(State.UNKNOWN);
    assertThat(data.reason().code()).isEqualTo(ReasonCode.MALFORMED_ANSWER);
    assertThat(data.reason().words()).contains("StackOverflowError", "report it");
    assertThat(sent).isEmpty();
    assertThat(asked).last().isEqualTo(START.plusSeconds(30));
  }

  @Test
  void recordsALookThatCannotBeRecordedAsUnknown() {
    store.onLoad(
        () -> {
          store.onLoad(() -> {});
          throw new IllegalStateException("a fault");
        });
    assertThat(data(by("daemon").cycle("c1", START)).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void endsWhereMemoryIsOut() {
    looking =
        () -> {
          throw new OutOfMemoryError("test");
        };
    assertThatThrownBy(() -> by("daemon").cycle("c1", START)).isInstanceOf(OutOfMemoryError.class);
  }
}
