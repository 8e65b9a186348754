package dev.backstop.plan;

import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.StopPhase.Idle;
import dev.backstop.plan.StopPhase.Proving;
import dev.backstop.plan.StopPhase.Quiet;
import dev.backstop.plan.StopPhase.Requested;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Follows a kind from a statement to its proof, and off the straight way. */
class StopPhaseTest {

  private static final TimelineInstant START = timeline(Instant.parse("2026-03-01T08:00:00Z"));
  private static final OutstandingStop STOP = OutstandingStop.at(START);

  private static TimelineInstant after(long seconds) {
    return START.plus(Duration.ofSeconds(seconds));
  }

  private static QuietPeriod quiet(long since, long until) {
    return new QuietPeriod(after(since), after(until));
  }

  private static Duration waited(StopPhase phase) {
    return phase.outstanding().orElseThrow().waited();
  }

  @Test
  void aStopIsRequestedThenProvingThenQuiet() {
    StopPhase requested = new Idle().sent(START);
    assertThat(requested).isEqualTo(new Requested(STOP, null));
    StopPhase proving = requested.quietSeen(quiet(2, 2));
    assertThat(proving).isEqualTo(new Proving(STOP, quiet(2, 2)));
    assertThat(proving.quietSeen(quiet(2, 4)).ended()).isEqualTo(new Quiet(quiet(2, 4)));
  }

  @Test
  void aSecondStatementBeginsNoSecondStop() {
    assertThat(new Requested(STOP, after(2)).sent(after(60)))
        .isEqualTo(new Requested(STOP, after(2)));
    assertThat(new Proving(STOP, quiet(2, 2)).sent(after(60)))
        .isEqualTo(new Proving(STOP, quiet(2, 2)));
  }

  @Test
  void waitingCountsFromLookToLook_butNotWhileItIsHeldOrUnseen() {
    StopPhase first = new Requested(STOP, null).running(after(5), true);
    assertThat(waited(first)).isZero();
    StopPhase second = first.running(after(15), true);
    assertThat(waited(second)).isEqualTo(Duration.ofSeconds(10));
    StopPhase held = second.running(after(25), false);
    assertThat(waited(held.running(after(35), true))).isEqualTo(Duration.ofSeconds(10));
    assertThat(waited(second.unseen().running(after(35), true))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aGapBetweenTwoLooksCountsForAMinuteAtMost() {
    StopPhase first = new Requested(STOP, after(0));
    assertThat(waited(first.running(after(3_600), true))).isEqualTo(Duration.ofMinutes(1));
    assertThat(waited(first.running(after(3_600), true).progressed())).isZero();
  }

  @Test
  void whatRunsAgainOrIsDoubtedOrUnseenIsNoLongerQuiet() {
    StopPhase proving = new Proving(STOP, quiet(2, 2));
    assertThat(proving.running(after(4), true)).isEqualTo(new Requested(STOP, after(4)));
    assertThat(proving.doubted()).isEqualTo(new Requested(STOP, null));
    assertThat(proving.unseen()).isEqualTo(new Requested(STOP, null));
    assertThat(new Quiet(quiet(2, 2)).running(after(4), true)).isEqualTo(new Idle());
    assertThat(new Requested(STOP, after(4)).doubted()).isEqualTo(new Requested(STOP, after(4)));
  }

  @Test
  void inAQuietPeriodNoWaitingIsCounted() {
    assertThat(StopPhase.of(Optional.of(STOP), Optional.of(quiet(2, 2)), after(1)))
        .isEqualTo(new Proving(STOP, quiet(2, 2)));
    assertThat(StopPhase.of(Optional.empty(), Optional.empty(), after(1))).isEqualTo(new Idle());
  }
}
