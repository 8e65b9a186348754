package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Kind;
import org.junit.jupiter.api.Test;

/** Proves a stop by two looks. */
class PlannerProofTest {

  @Test
  void proofNeedsBothLooksAfterABlindOneBetween() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(2).look(look().blindTo(Area.SETS)).data(State.UNKNOWN, ReasonCode.VIEW_MISSING);
    story.seconds(2).look(look()).proves().data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(2).look(look()).proves(Kind.DATA).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void proofIsUndoneByAJobBetweenTheLooks() {
    Story story = off();
    story.look(look());
    story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
  }

  @Test
  void proofNeedsTwoLooksEvenIfNothingEverRan() {
    Story story = off();
    story.look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    assertThat(story.seconds(2).look(look()).plan().kinds())
        .extracting(KindPlan::state)
        .containsExactly(State.STOPPED, State.STOPPED);
  }

  @Test
  void proofCountsNoLookFromBeforeAnEditToOff() {
    Story story = Story.with(policy("hz").on());
    story.look(look().set(7, "BACKUP")).data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.seconds(30).look(look().set(7, "BACKUP"));
    story.write(policy("hz").off());
    story.seconds(30).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void looksAgainTwoSecondsLaterWhileAStopIsOutstanding() {
    Story story = off();
    assertThat(story.look(look().set(7, "BACKUP")).plan().nextLook())
        .isEqualTo(story.now().plusSeconds(2));
    assertThat(story.seconds(2).look(look()).plan().nextLook())
        .isEqualTo(story.now().plusSeconds(2));
    assertThat(story.seconds(2).look(look()).plan().nextLook()).isNull();
  }
}
