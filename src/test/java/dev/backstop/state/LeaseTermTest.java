package dev.backstop.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.ClockJumps;
import dev.backstop.observation.ClockJumps.Jump;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells how long a lease of somebody else lasts. */
class LeaseTermTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration LENGTH = Duration.ofSeconds(25);
  private static final Instant UNTIL = NOON.plus(LENGTH);

  private static LeaseTerm at(Instant now, Jump... jumps) {
    return new LeaseTerm(now, LENGTH, new ClockJumps(List.of(jumps)));
  }

  @Test
  void lastsUntilItEnds() {
    assertThat(at(UNTIL.minusMillis(1)).covers(UNTIL)).isTrue();
    assertThat(at(UNTIL).covers(UNTIL)).isFalse();
  }

  @Test
  void mayBeTakenByAClockThatIsAheadByAMinute() {
    assertThat(at(NOON.minusSeconds(60)).covers(UNTIL)).isTrue();
    assertThat(at(NOON.minusSeconds(61)).covers(UNTIL)).isFalse();
  }

  @Test
  void lastsForItsTimeWhereTheClockWasPutForward() {
    Jump forward = Jump.noticed(NOON.plusSeconds(2), NOON.plusSeconds(3602));
    assertThat(at(NOON.plusSeconds(3624), forward).covers(UNTIL)).isTrue();
    assertThat(at(NOON.plusSeconds(3625), forward).covers(UNTIL)).isFalse();
  }

  @Test
  void lastsForItsTimeWhereTheClockWasPutBack() {
    Jump back = Jump.noticed(NOON.plusSeconds(2), NOON.minusSeconds(3598));
    assertThat(at(NOON.minusSeconds(3576), back).covers(UNTIL)).isTrue();
    assertThat(at(NOON.minusSeconds(3575), back).covers(UNTIL)).isFalse();
  }

  @Test
  void lastsForItsTimeWhereAnUnseenJumpBackWasFoundBeforeOneForward() {
    Jump unseen = Jump.unseen(NOON.plusSeconds(600), NOON.minusSeconds(5));
    Jump forward = Jump.noticed(NOON.plusSeconds(13), NOON.plusSeconds(613));
    assertThat(at(NOON.plusSeconds(617), unseen, forward).covers(UNTIL)).isTrue();
    assertThat(at(NOON.plusSeconds(625), unseen, forward).covers(UNTIL)).isFalse();
  }
}
