package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.plan.Statement.STOP_ARCHIVELOG;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.Kind;
import dev.backstop.testing.Looks;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops the continuous archive, look by look. */
class PlannerArchiveTest {

  @Test
  void archiveIsStoppedOnceAndProvenPaused() {
    Story story = off();
    story.look(look().flag(true).archive("DOING").archive(1001, "DOING", 0)).sends(STOP_ARCHIVELOG);
    Looks paused = look().archive("PAUSED").archive(1001, "PAUSED", 0);
    story.seconds(2).look(paused).sends().log(State.STOPPING, ReasonCode.SECOND_LOOK);
    story
        .seconds(2)
        .look(paused)
        .proves(Kind.LOG)
        .log(State.STOPPED, ReasonCode.PAUSED)
        .says(Kind.LOG, "paused");
  }

  @Test
  void archiveIsNeverStoppedWhilePieceJobsExist() {
    Story story = off();
    story.look(look().flag(true).archive("DOING").piece(1, "DOING")).sends(CANCEL_BACKUPPIECE);
    story.seconds(2).look(look().flag(true).archive("DOING").piece(1, "CANCEL")).sends();
    story.seconds(2).look(look().flag(true).archive("DOING")).sends(STOP_ARCHIVELOG);
  }

  @Test
  void archiveRunsWithAPausedRowWhileTheFlagIsOne() {
    off().look(look().flag(true).archive("PAUSED")).sends(STOP_ARCHIVELOG);
    off().look(look().flag(true)).sends(STOP_ARCHIVELOG);
  }

  @Test
  void archiveWhoseRowWasRewrittenAfterTheStopIsStoppedAgainAfterSixtySeconds() {
    Story story = off();
    story.look(look().flag(true).archive("DOING")).sends(STOP_ARCHIVELOG);
    story.seconds(2);
    story.watch(Duration.ofSeconds(56), look().archive("DOING"));
    story.seconds(2).look(look().archive("DOING")).sends(STOP_ARCHIVELOG).returns(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "INTERRUPTED", "interrupted"})
  void archiveThatRestsWithoutAPauseIsStoppedUnderAnotherName(String status) {
    Story story = off();
    story.look(look().archive(status)).sends();
    story
        .seconds(2)
        .look(look().archive(status))
        .log(State.STOPPED, ReasonCode.NEVER_PAUSED)
        .says(Kind.LOG, "not running, never paused");
  }

  @Test
  void archiveIsNotWhatRowsOfPieceJobsShow() {
    Looks rows = look().archive(1, "DOING", 5).archive(1001, "DOING", 5);
    Story story = off();
    story.look(rows).sends();
    story.seconds(2).look(rows).sends().log(State.STOPPED, ReasonCode.NEVER_PAUSED);
  }

  @Test
  void archiveLeavesRowsOfOtherTenantsBehindAfterThreeStopsAndNamesThem() {
    Looks left = look().archive("PAUSED").archive(1001, "DOING", 0).archive(1002, "PAUSED", 0);
    Story story = off();
    for (int stop = 1; stop <= 3; stop++) {
      story.look(left).sends(STOP_ARCHIVELOG);
      story.seconds(60);
    }
    story.look(left).sends();
    story
        .seconds(2)
        .look(left)
        .sends()
        .log(State.STOPPED, ReasonCode.PAUSED)
        .says(Kind.LOG, "paused", "1001 (DOING)");
    story.watch(Duration.ofMinutes(3), left).log(State.STOPPED, ReasonCode.PAUSED);
  }

  @Test
  void archiveCountsNoStopForRowsLeftBehindThatNeverLeft() {
    Looks left = look().archive("PAUSED").archive(1001, "DOING", 0);
    Story story = off().answering(SentStatement.Result.NOT_SENT, "the connection was lost before");
    for (int stop = 1; stop <= 5; stop++) {
      story.look(left).sends(STOP_ARCHIVELOG);
      story.seconds(60);
    }
  }

  @Test
  void archiveLeavesRowsAloneThatNobodyForbids() {
    Looks left = look().archive("PAUSED").archive(1001, "DOING", 0);
    Story.with(policy("hz").on()).look(left).sends().log(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void archiveReturnsWhenTheFlagIsOneAgain() {
    Story story = off();
    story.look(look().flag(true).archive("DOING")).sends(STOP_ARCHIVELOG);
    story.seconds(2).look(look().archive("PAUSED"));
    story.seconds(2).look(look().archive("PAUSED")).proves(Kind.LOG);
    story
        .seconds(2)
        .look(look().flag(true).archive("DOING"))
        .returns(true)
        .sends(STOP_ARCHIVELOG)
        .says(Kind.LOG, "OCP strategy");
  }

  /** A STOP may leave the rows as they were: the run that was permitted once ended all the same. */
  @Test
  void archiveThatWasPermittedOnceReturnsThoughItsRowsNeverStopped() {
    Looks copying = look().flag(true).archive("DOING");
    Story story = Story.with(policy("hz").on());
    story.look(copying).sends();
    story.write(policy("hz").off()).seconds(2).look(copying).sends(STOP_ARCHIVELOG);
    story.seconds(2).look(look().archive("DOING")).sends();
    story.seconds(2).look(copying).returns(true).says(Kind.LOG, "OCP strategy");
  }

  @Test
  void archiveThatIsSwitchedOnInItsWindowIsNoReturnOnceThatClosesThoughItsRowsNeverStopped() {
    Looks copying = look().flag(true).archive("DOING");
    Story story = Story.with(policy("hz").within(Permits.until(Story.START.plusSeconds(600))));
    story.look(copying).sends();
    story.seconds(600).look(copying).sends(STOP_ARCHIVELOG);
    story.seconds(2).look(look().archive("DOING")).sends();
    story
        .pass(Duration.ofHours(14))
        .look(copying)
        .sends()
        .log(State.PERMITTED, ReasonCode.POLICY_ON);
    story.pass(Duration.ofHours(10)).look(copying).returns(false).sends(STOP_ARCHIVELOG);
  }

  @Test
  void archiveThatNeverStoppedDoesNotReturn() {
    Story story = off().answering(SentStatement.Result.UNKNOWN, "4012 Timeout");
    story.look(look().flag(true).archive("DOING")).sends(STOP_ARCHIVELOG);
    story
        .seconds(60)
        .look(look().flag(true).archive("DOING"))
        .sends(STOP_ARCHIVELOG)
        .returns(false);
  }
}
