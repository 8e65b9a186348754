package dev.backstop.plan;

import static dev.backstop.plan.Story.START;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot;
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
}
