package dev.backstop.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.ClockJumps.Jump;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells how instants noted before a jump of the clock still measure the time that passed. */
class ClockJumpsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ClockJumps FORWARD =
      new ClockJumps(List.of(Jump.noticed(NOON, NOON.plusSeconds(3600))));
  private static final ClockJumps BACK =
      new ClockJumps(List.of(Jump.noticed(NOON, NOON.minusSeconds(3600))));

  @Test
  void withoutAJumpEveryInstantIsWhatItSays() {
    assertThat(ClockJumps.NONE.present(NOON, NOON.plusSeconds(5))).isEqualTo(NOON);
    assertThat(ClockJumps.NONE.isSince(NOON, NOON.plusSeconds(5))).isFalse();
  }

  @Test
  void whatWasNotedBeforeAJumpForwardMovesWithIt() {
    Instant now = NOON.plusSeconds(3610);
    assertThat(FORWARD.present(NOON.minusSeconds(20), now)).isEqualTo(now.minusSeconds(30));
    assertThat(FORWARD.present(NOON.plusSeconds(3601), now)).isEqualTo(NOON.plusSeconds(3601));
  }

  @Test
  void whatWasNotedBeforeAJumpBackAndLiesAheadMovesWithIt() {
    Instant now = NOON.minusSeconds(3590);
    assertThat(BACK.present(NOON.minusSeconds(20), now)).isEqualTo(now.minusSeconds(30));
  }

  /** It may have been noted on either side; as if it were later, a wait only gets longer. */
  @Test
  void whatIsNotedWithinAJumpBackCountsFromTheLaterSide() {
    Instant now = NOON.minusSeconds(60);
    Instant noted = NOON.minusSeconds(1800);
    assertThat(BACK.present(noted, now)).isEqualTo(noted);
  }

  @Test
  void severalJumpsAddUp() {
    Instant second = NOON.plusSeconds(3700);
    ClockJumps both =
        new ClockJumps(
            List.of(
                Jump.noticed(NOON, NOON.plusSeconds(3600)),
                Jump.noticed(second, second.plusSeconds(60))));
    Instant now = second.plusSeconds(70);
    assertThat(both.present(NOON.minusSeconds(5), now)).isEqualTo(now.minusSeconds(115));
    assertThat(both.isSince(second.minusSeconds(1), now)).isTrue();
    assertThat(both.isSince(second.plusSeconds(61), now)).isFalse();
  }

  /** What is noted after the last of two jumps back is what it says, however early that is. */
  @Test
  void whatWasNotedAfterTheLastOfTwoJumpsBackStaysWhatItSays() {
    Instant second = NOON.minusSeconds(3500);
    ClockJumps both =
        new ClockJumps(
            List.of(
                Jump.noticed(NOON, NOON.minusSeconds(3600)),
                Jump.noticed(second, second.minusSeconds(900))));
    Instant now = second.minusSeconds(880);
    assertThat(both.present(now.minusSeconds(5), now)).isEqualTo(now.minusSeconds(5));
    assertThat(both.isSince(now.minusSeconds(5), now)).isFalse();
    assertThat(both.present(second.minusSeconds(10), now)).isEqualTo(now.minusSeconds(30));
    assertThat(both.present(NOON.minusSeconds(10), now)).isEqualTo(now.minusSeconds(130));
  }

  @Test
  void whatIsNotedAfterAJumpForwardAndALongerOneBackStaysWhatItSays() {
    Instant forward = NOON.plusSeconds(3600);
    ClockJumps both =
        new ClockJumps(
            List.of(Jump.noticed(NOON, forward), Jump.noticed(forward, NOON.minusSeconds(600))));
    Instant now = NOON.minusSeconds(570);
    assertThat(both.present(now.minusSeconds(5), now)).isEqualTo(now.minusSeconds(5));
  }

  /** What is noted and lies behind may come from either side; what lies ahead is older. */
  @Test
  void ofAJumpThatNobodyWitnessedOnlyWhatLiesAheadIsKnownToBeOlder() {
    ClockJumps unseen = new ClockJumps(List.of(Jump.unseen(NOON, NOON.minusSeconds(3600))));
    Instant now = NOON.minusSeconds(3590);
    assertThat(unseen.present(now.minusSeconds(15), now)).isEqualTo(now.minusSeconds(15));
    assertThat(unseen.present(NOON.minusSeconds(20), now)).isEqualTo(NOON.minusSeconds(3600));
    assertThat(unseen.present(NOON.minusSeconds(3000), now))
        .as("it may be younger than the latest that lies ahead")
        .isEqualTo(NOON.minusSeconds(3600));
  }

  /**
   * Where this process stood still while the clock jumped twice, it knows of one jump; another
   * process noted what the clock showed in between.
   */
  @Test
  void whatWasNotedBetweenTwoJumpsThatPassForOneIsTakenForNotedWhenThatWasNoticed() {
    Instant shown = NOON.plusSeconds(7200);
    ClockJumps merged = new ClockJumps(List.of(new Jump(NOON, shown, shown.minusSeconds(40))));
    Instant now = shown.plusSeconds(5);
    assertThat(merged.present(NOON.plusSeconds(3600), now)).isEqualTo(shown);
    assertThat(merged.present(NOON.minusSeconds(1), now))
        .as("the clock showed that before both")
        .isEqualTo(shown.minusSeconds(1));
    assertThat(merged.present(shown.minusSeconds(39), now))
        .as("the clock showed that after both")
        .isEqualTo(shown.minusSeconds(39));
  }

  @Test
  void whatTheClockShowedBeforeItWentBackWasNotedThen_thoughItWasPutForwardSince() {
    Instant back = NOON.minusSeconds(3600);
    Instant forward = NOON.plusSeconds(3600);
    ClockJumps both =
        new ClockJumps(
            List.of(Jump.noticed(NOON, back), Jump.noticed(back.plusSeconds(60), forward)));
    assertThat(both.present(NOON.minusSeconds(10), forward)).isEqualTo(forward.minusSeconds(70));
  }

  @Test
  void tellsWhetherSomethingLiesNoLongerAgoThanASpan_byTheTimeThatPassed() {
    Instant noted = NOON.minusSeconds(10);
    Duration span = Duration.ofSeconds(30);
    assertThat(FORWARD.isWithin(span, noted, NOON.plusSeconds(3619))).isTrue();
    assertThat(FORWARD.isWithin(span, noted, NOON.plusSeconds(3620))).isFalse();
    assertThat(BACK.isWithin(span, noted, NOON.minusSeconds(3581))).isTrue();
    assertThat(BACK.isWithin(span, noted, NOON.minusSeconds(3580))).isFalse();
  }
}
