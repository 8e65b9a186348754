package dev.backstop.plan;

import static dev.backstop.plan.Story.START;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tells what is known of the times of the looks and statements before. */
class ClusterRecordTest {

  private static final ClusterRecord LOOKED_AT_START = looked().record;

  private static Story looked() {
    Story story = Story.with(policy("hz").off());
    story.look(look().set(7, "BACKUP"));
    return story;
  }

  private static boolean overtakes(ClusterRecord record, Instant look, Instant now) {
    return record.overtakes(timeline(look), timeline(now));
  }

  @Test
  void aLookOvertakesThoseThatBeganBeforeItAndEndedAfterIt() {
    assertThat(overtakes(LOOKED_AT_START, START.minusSeconds(1), START.plusSeconds(1))).isTrue();
    assertThat(overtakes(LOOKED_AT_START, START.minusSeconds(1), START)).isTrue();
    assertThat(overtakes(LOOKED_AT_START, START, START.plusSeconds(1))).isFalse();
    assertThat(overtakes(LOOKED_AT_START, START.plusSeconds(1), START.plusSeconds(2))).isFalse();
    assertThat(overtakes(ClusterRecord.none("c1"), START, START.plusSeconds(1))).isFalse();
  }

  @Test
  void whatLiesAheadOvertakesNothing() {
    assertThat(overtakes(LOOKED_AT_START, START.minusSeconds(9), START.minusSeconds(8))).isFalse();
  }

  @Test
  void aLookThatShowedNothingOvertakesNone() {
    Story story = Story.with(policy("hz").off());
    story.look(look().blindTo(BlindSpot.Area.EVERYTHING));
    assertThat(overtakes(story.record, START.minusSeconds(1), START.plusSeconds(1))).isFalse();
  }

  private static Story quietTwice() {
    Story story = Story.with(policy("hz").off());
    story.look(look());
    story.pass(QuietPeriod.SECOND_LOOK);
    story.look(look());
    return story;
  }

  @Test
  void furtherLooksThatShowTheSameDifferInTheirTimesOnly() {
    Story story = Story.with(policy("hz").off());
    story.look(look());
    ClusterRecord once = story.record;
    story.pass(QuietPeriod.SECOND_LOOK);
    story.look(look());
    ClusterRecord twice = story.record;
    assertThat(twice.differsInLookTimesOnly(once)).as("it is a proof now").isFalse();
    story.pass(Duration.ofSeconds(30));
    story.look(look());
    assertThat(story.record).isNotEqualTo(twice);
    assertThat(story.record.differsInLookTimesOnly(twice)).isTrue();
    assertThat(story.record.atRevision(9).differsInLookTimesOnly(twice)).isFalse();
    assertThat(story.record.isAtRest()).isTrue();
    story.look(look().set(7, "BACKUP"));
    assertThat(story.record.differsInLookTimesOnly(twice)).isFalse();
  }

  @Test
  void aStopOutstandingIsNotAtRest() {
    assertThat(looked().record.isAtRest()).isFalse();
    Story disarmed = Story.with(policy("hz").off()).disarmed();
    disarmed.look(look().set(7, "BACKUP"));
    assertThat(disarmed.record.isAtRest()).as("log awaits its second look").isFalse();
    disarmed.pass(QuietPeriod.SECOND_LOOK);
    disarmed.look(look().set(7, "BACKUP"));
    assertThat(disarmed.record.isAtRest()).as("nothing was sent").isTrue();
  }

  @Test
  void aLookThatWasNotWrittenCompletesNoProofAndTakesNoneBack() {
    Story story = Story.with(policy("hz").off());
    story.look(look());
    ClusterRecord once = story.record;
    TimelineInstant later = timeline(START.plus(QuietPeriod.SECOND_LOOK));
    assertThat(once.interruptedAt(timeline(START))).as("its own last look").isEqualTo(once);
    assertThat(once.interruptedAt(later).data().phase().quietPeriod()).isEmpty();
    ClusterRecord twice = quietTwice().record;
    assertThat(twice.interruptedAt(later.plus(QuietPeriod.SECOND_LOOK))).isEqualTo(twice);
  }
}
