package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;

import dev.backstop.observation.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops backup set jobs, look by look. */
class PlannerSetJobsTest {

  @Test
  void setJobsAreCancelledOnceAndProvenByTwoEmptyLooksTwoSecondsApart() {
    Story story = off();
    story
        .look(look().set(7, "BACKUP"))
        .sends(CANCEL_BACKUPSET)
        .data(State.STOPPING, ReasonCode.SENT)
        .says(Kind.DATA, "backup set job 7", "policy hz", "accepted, which is no proof");
    story.seconds(2).look(look().set(7, "CANCEL")).sends().data(State.STOPPING, ReasonCode.ENDING);
    story.seconds(2).look(look().set(7, "CLEAN")).sends().data(State.STOPPING, ReasonCode.ENDING);
    story.seconds(2).look(look()).sends().proves().data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(1).look(look()).proves().data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story
        .seconds(1)
        .look(look())
        .sends()
        .proves(Kind.DATA)
        .data(State.STOPPED, ReasonCode.NO_JOBS)
        .says(Kind.DATA, "no jobs");
    story.seconds(2).look(look()).proves().data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void setJobsWhoseCancelWasOverwrittenAreCancelledAgainAfterSixtySeconds() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look().set(7, "CANCEL")).sends();
    story.seconds(2);
    story.watch(Duration.ofSeconds(54), look().set(7, "BACKUP"));
    story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CANCEL", "CLEAN", "FINISH", "cancel", "Finish"})
  void setJobsOnTheirWayOutAreLeftAloneForSixtySeconds(String status) {
    Story story = off();
    story
        .watch(Duration.ofSeconds(58), look().set(7, status))
        .data(State.DRIFTED, ReasonCode.ENDING);
    story.seconds(2).look(look().set(7, status)).sends(CANCEL_BACKUPSET);
  }

  @Test
  void setJobsThatMoveOnTheirWayOutAreGivenAnotherSixtySeconds() {
    Story story = off();
    story.watch(Duration.ofSeconds(50), look().set(7, "CANCEL"));
    story.watch(Duration.ofSeconds(58), look().set(7, "CLEAN"));
    story.seconds(2).look(look().set(7, "CLEAN")).sends(CANCEL_BACKUPSET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCHEDULE", "BACKUP", "backup", "doing", "canceling", "", "新"})
  void setJobsWithAnyOtherWordCountAsRunning(String status) {
    off().look(look().set(7, status)).sends(CANCEL_BACKUPSET);
  }

  @Test
  void setJobsOfWhichOneIsNotOnItsWayOutAreCancelled() {
    off().look(look().set(7, "CANCEL").set(7, 1001, "BACKUP")).sends(CANCEL_BACKUPSET);
  }

  @Test
  void setJobsWithAHigherIdAreProgressAndCancelledAtOnce() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look().set(8, "SCHEDULE")).sends(CANCEL_BACKUPSET).returns(true);
  }
}
