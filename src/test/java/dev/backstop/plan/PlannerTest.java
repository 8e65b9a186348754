package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Statement.STOP_ARCHIVELOG;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Kind;
import dev.backstop.plan.Plan.Release;
import dev.backstop.plan.PlanInput.Restrictions;
import dev.backstop.policy.OnDelete;
import dev.backstop.testing.Looks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans for observed states, as docs/reference.md and docs/oceanbase.md describe them. */
class PlannerTest {

  private static Story off() {
    return Story.with(policy("hz").off());
  }

  @Nested
  class SetJobs {

    @Test
    void areCancelledOnceAndProvenByTwoEmptyLooksTwoSecondsApart() {
      Story story = off();
      story
          .look(look().set(7, "BACKUP"))
          .sends(CANCEL_BACKUPSET)
          .data(State.STOPPING, ReasonCode.SENT)
          .says(Kind.DATA, "backup set job 7", "policy hz", "accepted, which is no proof");
      story
          .seconds(2)
          .look(look().set(7, "CANCEL"))
          .sends()
          .data(State.STOPPING, ReasonCode.ENDING);
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
    void whoseCancelWasOverwrittenAreCancelledAgainAfterSixtySeconds() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(look().set(7, "CANCEL")).sends();
      story.seconds(2);
      story.watch(Duration.ofSeconds(54), look().set(7, "BACKUP"));
      story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCEL", "CLEAN", "FINISH", "cancel", "Finish"})
    void onTheirWayOutAreLeftAloneForSixtySeconds(String status) {
      Story story = off();
      story
          .watch(Duration.ofSeconds(58), look().set(7, status))
          .data(State.DRIFTED, ReasonCode.ENDING);
      story.seconds(2).look(look().set(7, status)).sends(CANCEL_BACKUPSET);
    }

    @Test
    void thatMoveOnTheirWayOutAreGivenAnotherSixtySeconds() {
      Story story = off();
      story.watch(Duration.ofSeconds(50), look().set(7, "CANCEL"));
      story.watch(Duration.ofSeconds(58), look().set(7, "CLEAN"));
      story.seconds(2).look(look().set(7, "CLEAN")).sends(CANCEL_BACKUPSET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCHEDULE", "BACKUP", "backup", "doing", "canceling", "", "新"})
    void withAnyOtherWordCountAsRunning(String status) {
      off().look(look().set(7, status)).sends(CANCEL_BACKUPSET);
    }

    @Test
    void ofWhichOneIsNotOnItsWayOutAreCancelled() {
      off().look(look().set(7, "CANCEL").set(7, 1001, "BACKUP")).sends(CANCEL_BACKUPSET);
    }

    @Test
    void withAHigherIdAreProgressAndCancelledAtOnce() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(look().set(8, "SCHEDULE")).sends(CANCEL_BACKUPSET).returns(true);
    }
  }

  @Nested
  class PieceJobs {

    @Test
    void queuedThreeDeepNeedThreeStatementsAndNoneWhileNothingMoved() {
      Story story = off();
      story
          .look(look().piece(1, "DOING").piece(2, "SCHEDULE").piece(3, "SCHEDULE"))
          .sends(CANCEL_BACKUPPIECE);
      story
          .seconds(2)
          .watch(
              Duration.ofSeconds(8),
              look().piece(1, "CANCEL").piece(2, "SCHEDULE").piece(3, "SCHEDULE"));
      story
          .seconds(2)
          .look(look().piece(2, "DOING").piece(3, "SCHEDULE"))
          .sends(CANCEL_BACKUPPIECE)
          .returns(false);
      story.seconds(2).look(look().piece(2, "FINISH").piece(3, "SCHEDULE")).sends();
      story.seconds(2).look(look().piece(3, "DOING")).sends(CANCEL_BACKUPPIECE);
      story.seconds(2).look(look()).sends();
      story
          .seconds(2)
          .look(look())
          .sends()
          .proves(Kind.LOG)
          .log(State.STOPPED, ReasonCode.NEVER_PAUSED);
    }

    @Test
    void areJudgedByTheLowestIdInWhateverOrderTheRowsCome() {
      off().look(look().piece(3, "SCHEDULE").piece(1, "CANCEL").piece(2, "SCHEDULE")).sends();
      off()
          .look(look().piece(3, "CANCEL").piece(1, "DOING").piece(2, "CANCEL"))
          .sends(CANCEL_BACKUPPIECE);
    }

    @Test
    void hangingInFinishAreRetriedAfterSixtySecondsUnchanged_whateverOthersDo() {
      Story story = off();
      story.watch(Duration.ofSeconds(30), look().piece(1, "FINISH"));
      story.seconds(2);
      story.watch(Duration.ofSeconds(26), look().piece(1, "FINISH").piece(2, "SCHEDULE"));
      story
          .seconds(2)
          .look(look().piece(1, "FINISH").piece(2, "SCHEDULE"))
          .sends(CANCEL_BACKUPPIECE);
    }

    @Test
    void cleanIsNoWordForPiecesOnTheirWayOut() {
      off().look(look().piece(1, "CLEAN")).sends(CANCEL_BACKUPPIECE);
    }

    @Test
    void goingBackToDoingIsNoProgress() {
      Story story = off();
      story.look(look().piece(1, "SCHEDULE")).sends(CANCEL_BACKUPPIECE);
      story.seconds(2).look(look().piece(1, "CANCEL")).sends();
      story.seconds(2);
      story.watch(Duration.ofSeconds(54), look().piece(1, "DOING"));
      story.seconds(2).look(look().piece(1, "DOING")).sends(CANCEL_BACKUPPIECE);
    }

    @Test
    void queuedDuringAStopAreAReturn() {
      Story story = off();
      story.look(look().piece(1, "DOING")).sends(CANCEL_BACKUPPIECE);
      story
          .seconds(2)
          .look(look().piece(1, "CANCEL").piece(2, "SCHEDULE"))
          .sends()
          .returns(true)
          .says(Kind.LOG, "OCP strategy", "cron job");
      story.seconds(2).look(look().piece(1, "CANCEL").piece(2, "SCHEDULE")).returns(false);
    }
  }

  @Nested
  class Archive {

    @Test
    void isStoppedOnceAndProvenPaused() {
      Story story = off();
      story
          .look(look().flag(true).archive("DOING").archive(1001, "DOING", 0))
          .sends(STOP_ARCHIVELOG);
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
    void isNeverStoppedWhilePieceJobsExist() {
      Story story = off();
      story.look(look().flag(true).archive("DOING").piece(1, "DOING")).sends(CANCEL_BACKUPPIECE);
      story.seconds(2).look(look().flag(true).archive("DOING").piece(1, "CANCEL")).sends();
      story.seconds(2).look(look().flag(true).archive("DOING")).sends(STOP_ARCHIVELOG);
    }

    @Test
    void runsWithAPausedRowWhileTheFlagIsOne() {
      off().look(look().flag(true).archive("PAUSED")).sends(STOP_ARCHIVELOG);
      off().look(look().flag(true)).sends(STOP_ARCHIVELOG);
    }

    @Test
    void whoseRowWasRewrittenAfterTheStopIsStoppedAgainAfterSixtySeconds() {
      Story story = off();
      story.look(look().flag(true).archive("DOING")).sends(STOP_ARCHIVELOG);
      story.seconds(2);
      story.watch(Duration.ofSeconds(56), look().archive("DOING"));
      story.seconds(2).look(look().archive("DOING")).sends(STOP_ARCHIVELOG).returns(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "INTERRUPTED", "interrupted"})
    void thatRestsWithoutAPauseIsStoppedUnderAnotherName(String status) {
      Story story = off();
      story.look(look().archive(status)).sends();
      story
          .seconds(2)
          .look(look().archive(status))
          .log(State.STOPPED, ReasonCode.NEVER_PAUSED)
          .says(Kind.LOG, "not running, never paused");
    }

    @Test
    void isNotWhatRowsOfPieceJobsShow() {
      Looks rows = look().archive(1, "DOING", 5).archive(1001, "DOING", 5);
      Story story = off();
      story.look(rows).sends();
      story.seconds(2).look(rows).sends().log(State.STOPPED, ReasonCode.NEVER_PAUSED);
    }

    @Test
    void leavesRowsOfOtherTenantsBehindAfterThreeStopsAndNamesThem() {
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
    void countsNoStopForRowsLeftBehindThatNeverLeft() {
      Looks left = look().archive("PAUSED").archive(1001, "DOING", 0);
      Story story =
          off().answering(SentStatement.Result.NOT_SENT, "the connection was lost before");
      for (int stop = 1; stop <= 5; stop++) {
        story.look(left).sends(STOP_ARCHIVELOG);
        story.seconds(60);
      }
    }

    @Test
    void leavesRowsAloneThatNobodyForbids() {
      Looks left = look().archive("PAUSED").archive(1001, "DOING", 0);
      Story.with(policy("hz").on()).look(left).sends().log(State.PERMITTED, ReasonCode.POLICY_ON);
    }

    @Test
    void returnsWhenTheFlagIsOneAgain() {
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

    @Test
    void thatNeverStoppedDoesNotReturn() {
      Story story = off().answering(SentStatement.Result.UNKNOWN, "4012 Timeout");
      story.look(look().flag(true).archive("DOING")).sends(STOP_ARCHIVELOG);
      story
          .seconds(60)
          .look(look().flag(true).archive("DOING"))
          .sends(STOP_ARCHIVELOG)
          .returns(false);
    }
  }

  @Nested
  class Proof {

    @Test
    void needsBothLooksAfterABlindOneBetween() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
      story.seconds(2).look(look().blindTo(Area.SETS)).data(State.UNKNOWN, ReasonCode.VIEW_MISSING);
      story.seconds(2).look(look()).proves().data(State.STOPPING, ReasonCode.SECOND_LOOK);
      story.seconds(2).look(look()).proves(Kind.DATA).data(State.STOPPED, ReasonCode.NO_JOBS);
    }

    @Test
    void isUndoneByAJobBetweenTheLooks() {
      Story story = off();
      story.look(look());
      story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    }

    @Test
    void needsTwoLooksEvenIfNothingEverRan() {
      Story story = off();
      story.look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
      assertThat(story.seconds(2).look(look()).plan().kinds())
          .extracting(KindPlan::state)
          .containsExactly(State.STOPPED, State.STOPPED);
    }

    @Test
    void countsNoLookFromBeforeAnEditToOff() {
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

  @Nested
  class Patience {

    @Test
    void isTriedAgainTenMinutesAfterTheLastStatement() {
      Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(1)));
      Looks stuck = look().set(7, "BACKUP");
      story.look(stuck).sends(CANCEL_BACKUPSET);
      story.seconds(60).look(stuck).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(stuck).data(State.STOPPING, ReasonCode.SENT);
      story.seconds(2);
      story
          .watch(Duration.ofSeconds(594), stuck)
          .data(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME);
      story
          .seconds(2)
          .look(stuck)
          .sends(CANCEL_BACKUPSET)
          .data(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME);
    }

    @Test
    void isThatOfThePolicyThatForbids() {
      Story story =
          Story.with(
              policy("all").verifyWithin(Duration.ofMinutes(15)),
              policy("pay").tenants("1002").on().verifyWithin(Duration.ofMinutes(1)));
      Looks stuck = look().set(7, 1001, "BACKUP");
      for (int look = 0; look < 90; look++) {
        story.look(stuck).data(State.STOPPING, ReasonCode.SENT);
        story.seconds(2);
      }
    }

    @Test
    void isNeverShorterThanHalfTheCheckpointIntervalPlusFiveMinutes() {
      Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(1)));
      Looks slow = look().piece(1, "DOING").checkpoint(Duration.ofMinutes(20));
      story.look(slow);
      State shown = State.STOPPING;
      Duration took = Duration.ZERO;
      while (shown == State.STOPPING) {
        shown = story.seconds(2).look(slow).plan().kind(Kind.LOG).state();
        took = took.plusSeconds(2);
      }
      assertThat(shown).isEqualTo(State.NOT_VERIFIED);
      assertThat(took).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(15).plusSeconds(10));
    }

    @Test
    void startsAnewWithProgress() {
      Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(1)));
      Looks two = look().piece(1, "DOING").piece(2, "SCHEDULE");
      story.look(two);
      for (int look = 0; look < 40; look++) {
        story.seconds(2).look(two);
      }
      story.seconds(2).look(two).log(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME);
      story
          .seconds(2)
          .look(look().piece(2, "DOING"))
          .sends(CANCEL_BACKUPPIECE)
          .log(State.STOPPING, ReasonCode.SENT);
    }

    @Test
    void knowsNoProgressOfTheArchive() {
      Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(2)));
      Looks on = look().flag(true).archive("DOING");
      story.look(on).sends(STOP_ARCHIVELOG);
      for (int look = 0; look < 50; look++) {
        story.seconds(2).look(on);
      }
      for (int look = 0; look < 12; look++) {
        story.seconds(2).look(look().archive("DOING"));
      }
      story
          .seconds(2)
          .look(look().archive("DOING"))
          .log(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME);
    }

    @Test
    void doesNotRunOutWhileDisarmedOrUnreachable() {
      Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(1)));
      Looks stuck = look().set(7, "BACKUP");
      story.look(stuck).sends(CANCEL_BACKUPSET);
      story.disarmed();
      story
          .seconds(2)
          .watch(Duration.ofMinutes(5), stuck)
          .data(State.DISARMED, ReasonCode.DISARMED);
      story.restrictions = Restrictions.NONE;
      Looks dark = look().blindTo(Area.EVERYTHING, Cause.UNREACHABLE);
      story
          .seconds(2)
          .watch(Duration.ofMinutes(5), dark)
          .data(State.UNKNOWN, ReasonCode.UNREACHABLE);
      story.seconds(2).look(stuck).sends(CANCEL_BACKUPSET).data(State.STOPPING, ReasonCode.SENT);
    }
  }

  @Nested
  class Answers {

    private final Looks running = look().set(7, "BACKUP");

    @Test
    void ofALastingRefusalAreShownAndTriedAgainEveryTenMinutes() {
      Story story = off().answering(SentStatement.Result.REFUSED, "1227 Access denied");
      story
          .look(running)
          .sends(CANCEL_BACKUPSET)
          .data(State.REFUSED, ReasonCode.SERVER_REFUSED)
          .says(Kind.DATA, "1227 Access denied");
      story.seconds(2);
      story.watch(Duration.ofSeconds(596), running).data(State.REFUSED, ReasonCode.SERVER_REFUSED);
      story.seconds(2).look(running).sends(CANCEL_BACKUPSET);
    }

    @Test
    void ofARefusalAreForgottenOnAnyChange() {
      Story story = off().answering(SentStatement.Result.REFUSED, "1235 not supported");
      story.look(running).sends(CANCEL_BACKUPSET);
      story.seconds(60).look(running).sends();
      story.seconds(2).look(look().set(7, "SCHEDULE")).sends(CANCEL_BACKUPSET);
      story.seconds(60).look(look().set(7, "SCHEDULE")).sends();
      story.write(policy("hz").verifyWithin(Duration.ofMinutes(20)));
      story.seconds(2).look(look().set(7, "SCHEDULE")).sends(CANCEL_BACKUPSET);
    }

    @Test
    void ofARefusalOutlastAFlagThatCannotBeRead() {
      Story story = off().answering(SentStatement.Result.REFUSED, "1227 Access denied");
      story.look(running).sends(CANCEL_BACKUPSET);
      story.seconds(70).look(look().set(7, "BACKUP").without(BlindSpot.Area.FLAG)).sends();
    }

    @Test
    void ofARefusalOutlastANameThatCanBeReadAgain() {
      Story story = off().answering(SentStatement.Result.REFUSED, "1227 Access denied");
      story.look(look().set(7, 1001, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(70).look(look().name("pay", 1001).set(7, 1001, "BACKUP")).sends();
    }

    @ParameterizedTest
    @EnumSource(
        value = SentStatement.Result.class,
        names = {"UNKNOWN", "OPEN"})
    void thatSayNothingAreNoProofAndNoFailure(SentStatement.Result result) {
      Story story = off().answering(result, "4012 Timeout");
      story.look(running).sends(CANCEL_BACKUPSET);
      assertThat(story.seconds(2).look(running).sends().plan().kind(Kind.DATA).state())
          .isEqualTo(State.STOPPING);
      story.seconds(2).look(look().set(7, "CANCEL")).sends();
      story.seconds(2).look(look());
      story.seconds(2).look(look()).proves(Kind.DATA);
    }

    @Test
    void ofUnknownOutcomeLeadToTheSameStatementAfterSixtySeconds() {
      Story story = off().answering(SentStatement.Result.UNKNOWN, "4012 Timeout");
      story
          .look(running)
          .data(State.STOPPING, ReasonCode.OUTCOME_UNKNOWN)
          .says(Kind.DATA, "4012 Timeout");
      story.seconds(2).watch(Duration.ofSeconds(56), running);
      story.seconds(2).look(running).sends(CANCEL_BACKUPSET);
    }

    @Test
    void thatLostARaceLeadToTheSameStatementSoon_butNotForEver() {
      Story story = off().answering(SentStatement.Result.RACE, "1210: Invalid argument");
      Looks archive = look().flag(true).archive("DOING");
      story.look(archive).log(State.STOPPING, ReasonCode.SENT).says(Kind.LOG, "another change");
      story.seconds(2).look(archive).sends();
      story.seconds(3).look(archive).sends(STOP_ARCHIVELOG);
      story.seconds(5).look(archive).sends(STOP_ARCHIVELOG);
      story.seconds(45).look(archive).sends(STOP_ARCHIVELOG);
      story.seconds(2).watch(Duration.ofSeconds(56), archive);
    }

    /** A slow login or gate: the server had the statement long after it was permitted. */
    @Test
    void answeredLateAreRepeatedSixtySecondsAfterTheAnswer() {
      Story story = off().answeringAfter(Duration.ofSeconds(40));
      story.look(running).sends(CANCEL_BACKUPSET);
      story.answeringAfter(Duration.ZERO);
      story.seconds(2).watch(Duration.ofSeconds(56), running);
      story.seconds(2).look(running).sends(CANCEL_BACKUPSET);
    }

    /** Whoever died may have sent it at the last moment before the next look. */
    @Test
    void thatNobodyHeardTheAnswerOfAreRepeatedSixtySecondsAfterTheNextLook() {
      Story story = off().answering(SentStatement.Result.OPEN, "");
      story.look(running).sends(CANCEL_BACKUPSET);
      story.seconds(20).watch(Duration.ofSeconds(58), running);
      story.seconds(2).look(running).sends(CANCEL_BACKUPSET);
    }

    @Test
    void thatNeverLeftAreNoStop() {
      Story story =
          off().answering(SentStatement.Result.NOT_SENT, "the cluster's id is another one");
      story
          .look(running)
          .sends(CANCEL_BACKUPSET)
          .data(State.DRIFTED, ReasonCode.WAITING_TO_REPEAT)
          .says(Kind.DATA, "not sent: the cluster's id is another one");
      story.seconds(2).look(look()).proves();
      story.seconds(2).look(look()).proves();
      story.seconds(600).look(look().set(8, "BACKUP")).returns(false);
    }
  }

  @Nested
  class Returns {

    private final Story story = off();
    private long job = 7;

    private Story.Step comeBack(int afterSeconds) {
      job++;
      return story.seconds(afterSeconds).look(look().set(job, "BACKUP"));
    }

    private void end() {
      story.seconds(2).look(look());
      story.seconds(2).look(look()).proves(Kind.DATA).data(State.STOPPED, ReasonCode.NO_JOBS);
    }

    private void contest() {
      story.look(look().set(job, "BACKUP")).sends(CANCEL_BACKUPSET).returns(false);
      end();
      comeBack(60).returns(true).sends(CANCEL_BACKUPSET).says(Kind.DATA, "OCP strategy");
      end();
      comeBack(60).returns(true).sends(CANCEL_BACKUPSET);
      end();
      comeBack(60).returns(true).sends().data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
    }

    private void waits(Duration wait) {
      story.seconds(2);
      story.watch(wait.minusSeconds(4), look().set(job, "BACKUP"));
      story
          .seconds(2)
          .look(look().set(job, "BACKUP"))
          .sends(CANCEL_BACKUPSET)
          .data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
      end();
    }

    @Test
    void fromTheThirdWithinADayMakeTheNextStopWaitLongerAndLonger() {
      contest();
      for (int minutes : new int[] {5, 10, 20, 40, 60, 60}) {
        waits(Duration.ofMinutes(minutes));
        comeBack(60).returns(true).sends().data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
      }
    }

    @Test
    void areForgottenAfterADayWithoutOne() {
      contest();
      waits(Duration.ofMinutes(5));
      story.pass(Duration.ofHours(24)).look(look());
      comeBack(2).returns(true).sends(CANCEL_BACKUPSET).data(State.STOPPING, ReasonCode.SENT);
    }

    @Test
    void fartherApartThanADayAreNoContest() {
      story.look(look().set(job, "BACKUP")).sends(CANCEL_BACKUPSET);
      for (int night = 0; night < 5; night++) {
        end();
        comeBack(13 * 3600).returns(true).sends(CANCEL_BACKUPSET);
      }
    }

    @Test
    void areCountedAcrossAnEditThatPermitsNothing() {
      story.look(look().set(job, "BACKUP")).sends(CANCEL_BACKUPSET);
      end();
      story.write(policy("hz").off().verifyWithin(Duration.ofMinutes(16)));
      comeBack(60).returns(true).sends(CANCEL_BACKUPSET);
    }

    @Test
    void areForgottenWithAnEditOfThePolicy() {
      contest();
      story.write(policy("hz").verifyWithin(Duration.ofMinutes(16)));
      story.seconds(2).look(look().set(job, "BACKUP")).sends(CANCEL_BACKUPSET);
    }

    @Test
    void areNoneWithoutAStatement() {
      story.look(look());
      story.seconds(2).look(look());
      comeBack(60).returns(false).sends(CANCEL_BACKUPSET);
    }

    @Test
    void areOneAStatement() {
      story.disarmed();
      story.restrictions = Restrictions.NONE;
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.disarmed();
      story.seconds(2).look(look().set(8, "BACKUP")).returns(true).sends();
      story.seconds(2).look(look().set(9, "BACKUP")).returns(false).sends();
    }
  }

  @Nested
  class ClockThatJumps {

    private static final Duration FORWARD = Duration.ofHours(3);

    @Test
    void forwardBringsNoRepeatForward() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(10).clockJumps(FORWARD);
      story.watch(Duration.ofSeconds(48), look().set(7, "BACKUP"));
      story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    }

    @Test
    void backPutsNoRepeatOff() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(10).clockJumps(FORWARD.negated());
      story.watch(Duration.ofSeconds(48), look().set(7, "BACKUP"));
      story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    }

    @Test
    void leavesRowsOnTheirWayOutTheirTime() {
      Story story = off();
      story.look(look().piece(1, "CANCEL")).sends();
      story.clockJumps(FORWARD);
      story.watch(Duration.ofSeconds(58), look().piece(1, "CANCEL"));
      story.seconds(2).look(look().piece(1, "CANCEL")).sends(CANCEL_BACKUPPIECE);
    }

    @Test
    void provesNothingByTwoLooksOfWhichOneWasBefore() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
      story.clockJumps(FORWARD).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
      story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    }

    @Test
    void backProvesNothingByTheOneLookAfter() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
      story.clockJumps(FORWARD.negated()).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
      story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    }

    @Test
    void goesOnWaitingForAProofByTheTimeThatPasses() {
      Story story = off();
      Looks running = look().set(7, "BACKUP");
      story.look(running).sends(CANCEL_BACKUPSET);
      for (int i = 0; i < 20; i++) {
        story.seconds(1).clockJumps(FORWARD).look(running);
      }
      assertThat(story.memory.data().waited()).isEqualTo(Duration.ofSeconds(19));
    }

    @Test
    void takesNoProofBack() {
      Story story = off();
      story.look(look());
      story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
      story.clockJumps(FORWARD).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    }

    @Test
    void backTakesNoProofBackEither() {
      Story story = off();
      story.look(look());
      story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
      story.clockJumps(FORWARD.negated());
      story.look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
      story.seconds(1).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
      story.seconds(30).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    }

    @Test
    void backDoesNotPutOffTheProofOfADeletion() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.delete("hz").look(look().set(7, "BACKUP"));
      story.seconds(30).look(look().set(7, "CLEAN"));
      story.clockJumps(FORWARD.negated());
      story.seconds(2).look(look());
      story.seconds(2).look(look()).proves(Kind.DATA);
      story.seconds(2).look(look()).data(State.UNMANAGED, ReasonCode.NO_POLICY);
    }

    @Test
    void backUnseenLetsNoLookFromBeforeProveADeletion() {
      Story story = off();
      story.look(look());
      story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
      story.delete("hz").seconds(2).look(look());
      story.clockGoesBackUnseen(FORWARD).approve("hz");
      story.look(look()).releases().data(State.STOPPING, ReasonCode.SECOND_LOOK);
      story
          .seconds(2)
          .look(look())
          .releases(
              new Release("hz", Kind.DATA, Release.Cause.PROVEN),
              new Release("hz", Kind.LOG, Release.Cause.PROVEN));
    }
  }

  @Nested
  class Edits {

    @Test
    void toOnEndAStopWhichIsNeitherProvenNorReturned() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.write(policy("hz").on());
      story
          .seconds(2)
          .look(look().set(7, "CANCEL"))
          .sends()
          .data(State.PERMITTED, ReasonCode.POLICY_ON);
      story.seconds(2).look(look()).proves().data(State.PERMITTED, ReasonCode.POLICY_ON);
      story.seconds(2).look(look()).proves();
      story.seconds(2).look(look().set(8, "BACKUP")).returns(false).sends();
    }

    @Test
    void thatDeleteNameTheDeletionThatIsWaitedFor() {
      Story story = Story.with(policy("hz").on(), policy("a").tenants("1002"));
      story.look(look().set(7, "BACKUP")).sends();
      story.seconds(300).delete("hz");
      story.look(look().set(7, "BACKUP")).sends().says(Kind.DATA, "file of policy hz is gone");
    }

    @Test
    void toOnOfAnotherPolicyThatCoversAllEndAStopWithoutProofToo() {
      Story story = Story.with(policy("hz").off(), policy("pay").tenants("1001").off());
      story.look(look().set(7, 1001, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.write(policy("all").on());
      story.seconds(2).look(look()).proves().data(State.PERMITTED, ReasonCode.POLICY_ON);
      story.seconds(2).look(look()).proves();
      story.seconds(2).look(look().set(8, 1001, "BACKUP")).returns(false).sends();
    }

    @Test
    void toOnOfAnotherPolicyThatCoversATenantLeaveTheStopOfTheRestToItsProof() {
      Story story = Story.with(policy("hz").off());
      story.look(look().set(7, 1001, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.write(policy("pay").tenants("1002").on());
      story.seconds(2).look(look()).proves();
      story.seconds(2).look(look()).proves(Kind.DATA);
    }

    @Test
    void toOnAndBackRepeatNothingWithinSixtySecondsOfTheLastStatement() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.write(policy("hz").on());
      story.seconds(2).look(look().set(7, "BACKUP")).sends();
      story.seconds(2).look(look().set(7, "BACKUP")).sends();
      story.write(policy("hz").off());
      story.seconds(2).watch(Duration.ofSeconds(52), look().set(7, "BACKUP"));
      story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET).returns(false);
    }

    @Test
    void toOffActAtOnce() {
      Story story = Story.with(policy("hz").on());
      story.look(look().set(7, "BACKUP")).sends();
      story.write(policy("hz").off());
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    }

    @Test
    void ofOneKindLeaveTheOtherAlone() {
      Story.with(policy("hz").on(Kind.LOG))
          .look(look().set(7, "BACKUP").piece(8, "DOING"))
          .sends(CANCEL_BACKUPSET)
          .log(State.PERMITTED, ReasonCode.POLICY_ON);
    }

    @Test
    void ofBothKindsSendBothStatementsDataFirst() {
      off()
          .look(look().piece(8, "DOING").set(7, "BACKUP"))
          .sends(CANCEL_BACKUPSET, CANCEL_BACKUPPIECE);
    }
  }

  @Nested
  class WhoMayBeHit {

    @Test
    void aTenantsJobIsHitWhereItIsAllThatRuns() {
      Story.with(policy("pay").tenants("1001"))
          .look(look().set(7, 1001, "BACKUP"))
          .sends(CANCEL_BACKUPSET);
    }

    @Test
    void anUncoveredNeighbourBlocksAndIsNamed() {
      Story.with(policy("pay").tenants("1001"))
          .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"))
          .sends()
          .data(State.BLOCKED, ReasonCode.OTHERS_JOBS)
          .says(Kind.DATA, "backup set job 8", "1002", "covered by no policy");
    }

    @Test
    void aWantedNeighbourBlocksAndItsPolicyIsNamed() {
      Story.with(policy("all"), policy("pay").tenants("1002").on())
          .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"))
          .sends()
          .data(State.BLOCKED, ReasonCode.OTHERS_JOBS)
          .says(Kind.DATA, "backup set job 8", "wanted by policy pay");
    }

    @Test
    void anObservingPolicyProtectsAsWell() {
      Story.with(policy("all"), policy("pay").tenants("1002").on().observe())
          .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"))
          .sends()
          .data(State.BLOCKED, ReasonCode.OTHERS_JOBS);
    }

    @Test
    void aClusterLevelJobIsWantedByAnyOn() {
      Story.with(policy("all"), policy("pay").tenants("1001").on())
          .look(look().set(7, "BACKUP").flag(true).archive("DOING"))
          .sends()
          .data(State.PERMITTED, ReasonCode.POLICY_ON)
          .log(State.PERMITTED, ReasonCode.POLICY_ON);
    }

    @Test
    void aClusterLevelJobIsNotForbiddenByPoliciesWithTenants() {
      Story story = Story.with(policy("pay").tenants("1001"));
      Looks cluster = look().set(7, "BACKUP").flag(true).archive("DOING");
      story.look(cluster).sends();
      story
          .seconds(2)
          .look(cluster)
          .sends()
          .data(State.STOPPED, ReasonCode.NO_JOBS)
          .says(Kind.DATA, "backup set job 7")
          .says(Kind.DATA, "not forbidden")
          .says(Kind.LOG, "continuous archive");
    }

    @Test
    void aPieceJobOfAnotherBlocksTheArchivesStop() {
      Story.with(policy("all"), policy("pay").tenants("1002").on())
          .look(look().piece(3, 1002, "DOING").piece(2, 1001, "DOING"))
          .sends()
          .log(State.BLOCKED, ReasonCode.OTHERS_JOBS);
    }

    @Test
    void namesAreResolvedOnTheServer() {
      Story.with(policy("pay").tenants("pay"))
          .look(look().name("pay", 1001).set(7, 1001, "BACKUP"))
          .sends(CANCEL_BACKUPSET);
    }

    @Test
    void anUnknownNameUnderOnBlocksStopsOfTenantLevelJobs() {
      Story.with(policy("all"), policy("pay").tenants("payy").on())
          .look(look().set(7, 1001, "BACKUP"))
          .sends()
          .data(State.BLOCKED, ReasonCode.UNRESOLVED_TENANT)
          .says(Kind.DATA, "payy");
    }

    @Test
    void anUnknownNameUnderOffIsAWarningOnly() {
      Story.with(policy("all"), policy("pay").tenants("payy"))
          .look(look().set(7, 1001, "BACKUP"))
          .sends(CANCEL_BACKUPSET)
          .says(Kind.DATA, "no tenant named payy");
    }

    @Test
    void namesThatCannotBeReadMakeBothKindsUnknown() {
      Story.Step step =
          Story.with(policy("all"), policy("pay").tenants("pay"))
              .look(look().set(7, "BACKUP").blindTo(Area.TENANT_NAMES, Cause.NO_PRIVILEGE))
              .sends()
              .data(State.UNKNOWN, ReasonCode.NO_PRIVILEGE)
              .log(State.UNKNOWN, ReasonCode.NO_PRIVILEGE);

      assertThat(step.plan().kind(Kind.DATA).reason().words()).doesNotContain("no tenant named");
    }

    @Test
    void namesThatCannotBeReadDoNotMatterWhereNobodyUsesNames() {
      off().look(look().set(7, "BACKUP").blindTo(Area.TENANT_NAMES)).sends(CANCEL_BACKUPSET);
    }
  }

  @Nested
  class Blindness {

    @ParameterizedTest
    @EnumSource(
        value = Area.class,
        names = {"EVERYTHING", "IDENTITY", "VERSION"})
    void ofTheWholeClusterMakesBothKindsUnknown(Area area) {
      off()
          .look(look().set(7, "BACKUP").piece(8, "DOING").blindTo(area, Cause.SERVER_ERROR))
          .sends()
          .data(State.UNKNOWN, ReasonCode.SERVER_ERROR)
          .log(State.UNKNOWN, ReasonCode.SERVER_ERROR);
    }

    @ParameterizedTest
    @EnumSource(
        value = Area.class,
        names = {"PIECES", "ARCHIVE", "FLAG"})
    void ofLogLeavesDataAlone(Area area) {
      off()
          .look(look().set(7, "BACKUP").blindTo(area))
          .sends(CANCEL_BACKUPSET)
          .log(State.UNKNOWN, ReasonCode.VIEW_MISSING);
    }

    @Test
    void ofDataLeavesLogAlone() {
      off()
          .look(look().piece(8, "DOING").blindTo(Area.SETS))
          .sends(CANCEL_BACKUPPIECE)
          .data(State.UNKNOWN, ReasonCode.VIEW_MISSING);
    }

    @ParameterizedTest
    @EnumSource(
        value = Area.class,
        names = {"IDENTITY", "VERSION"})
    void isAssumedWhereTheLookIsSilent(Area area) {
      off()
          .look(look().set(7, "BACKUP").without(area))
          .sends()
          .data(State.UNKNOWN, ReasonCode.MALFORMED_ANSWER);
    }

    @Test
    void isNeverEmptiness() {
      Looks nothing = look().blindTo(Area.EVERYTHING, Cause.NO_CONSTANT_ROW);
      Story story = off();
      story.look(nothing).data(State.UNKNOWN, ReasonCode.NO_CONSTANT_ROW);
      story.seconds(2).look(nothing).proves().data(State.UNKNOWN, ReasonCode.NO_CONSTANT_ROW);
    }

    @Test
    void appliesToPermittedKindsToo() {
      Story.with(policy("hz").on())
          .look(look().blindTo(Area.EVERYTHING, Cause.UNREACHABLE))
          .data(State.UNKNOWN, ReasonCode.UNREACHABLE);
    }
  }

  @Nested
  class Gate {

    private final Looks running = look().set(7, "BACKUP").piece(8, "DOING");

    @Test
    void refusesAnotherName() {
      off()
          .look(running.answeredBy("c2", 1))
          .sends()
          .data(State.WRONG_CLUSTER, ReasonCode.WRONG_IDENTITY);
    }

    @Test
    void refusesAnotherId() {
      off()
          .look(running.answeredBy("c1", 2))
          .sends()
          .log(State.WRONG_CLUSTER, ReasonCode.WRONG_IDENTITY);
    }

    @Test
    void refusesAnotherTenant() {
      off().look(running.inTenant(1001)).sends().data(State.WRONG_CLUSTER, ReasonCode.WRONG_TENANT);
    }

    @Test
    void refusesFourAndLater() {
      off()
          .look(running.version(4, 2, 1))
          .sends()
          .data(State.UNSUPPORTED, ReasonCode.VERSION_UNSUPPORTED)
          .log(State.UNSUPPORTED, ReasonCode.VERSION_UNSUPPORTED);
    }

    @Test
    void showsTheWrongClusterBeforeItsVersionAndTheVersionBeforeWhatIsMissing() {
      off()
          .look(look().answeredBy("c2", 1).version(4, 0, 0).blindTo(Area.SETS))
          .data(State.WRONG_CLUSTER, ReasonCode.WRONG_IDENTITY);
      off()
          .look(look().version(4, 0, 0).blindTo(Area.SETS))
          .data(State.UNSUPPORTED, ReasonCode.VERSION_UNSUPPORTED);
    }

    @Test
    void leavesAClusterAloneThatNoPolicyNames() {
      Story.with(policy("other").on("c2"))
          .look(running.answeredBy("c9", 9))
          .sends()
          .data(State.UNMANAGED, ReasonCode.NO_POLICY)
          .log(State.UNMANAGED, ReasonCode.NO_POLICY);
    }
  }

  @Nested
  class Order {

    private final Looks both = look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP");

    @Test
    void disarmedComesBeforeHeldBlockedAndWouldStop() {
      Story story =
          Story.with(
              policy("pay").tenants("1001").onDelete(OnDelete.HOLD),
              policy("x").tenants("9999").observe());
      story.look(both);
      story.delete("pay").seconds(2).look(both).sends().data(State.HELD, ReasonCode.DELETION_HELD);
      story.disarmed().seconds(2).look(both).sends().data(State.DISARMED, ReasonCode.DISARMED);
    }

    @Test
    void blockedComesBeforeWouldStop() {
      Story.with(policy("pay").tenants("1001").observe())
          .look(both)
          .sends()
          .data(State.BLOCKED, ReasonCode.OTHERS_JOBS);
    }

    @Test
    void disarmedNamesItsReasonAndRelease() {
      off()
          .disarmed()
          .look(look().set(7, "BACKUP"))
          .sends()
          .says(Kind.DATA, "disarmed by kim: maintenance", "backstop arm c1");
    }

    @Test
    void nothingForbiddenIsNeitherDisarmedNorHeld() {
      Story story = Story.with(policy("hz").on()).disarmed();
      story.look(look().set(7, "BACKUP")).data(State.PERMITTED, ReasonCode.POLICY_ON);
    }

    @Test
    void unreadableStoreHoldsEveryStop() {
      Story story = off();
      story.restrictions = new Restrictions("", "", null, List.of(), true);
      story
          .look(look().set(7, "BACKUP"))
          .sends()
          .data(State.HELD, ReasonCode.STORE_UNREADABLE)
          .says(Kind.DATA, "backstop approve store-unreadable");
    }

    @Test
    void anOffThatForbidsNothingLeavesAnOnPermitted() {
      Story.with(policy("all").on(), policy("pay").tenants("1001"))
          .look(look().set(7, 1001, "BACKUP"))
          .sends()
          .data(State.PERMITTED, ReasonCode.POLICY_ON);
    }
  }

  @Nested
  class Observing {

    /**
     * Found by the simulation: who observed for a while no longer knew that a job had come back.
     */
    @Test
    void forgetsNoReturn() {
      Story story = off();
      story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(look()).sends();
      story.seconds(2).look(look()).proves(Kind.DATA);
      story.confObserves = true;
      story.seconds(30).look(look()).sends();
      story.seconds(30).look(look().set(8, "BACKUP")).sends().returns(true);
      story.confObserves = false;
      story.seconds(30).look(look().set(8, "BACKUP")).sends(CANCEL_BACKUPSET);
    }

    private final Looks running = look().set(7, "BACKUP");

    @Test
    void inThePolicyNeverSends() {
      Story.with(policy("hz").observe())
          .look(running)
          .sends()
          .data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES)
          .says(Kind.DATA, "hz");
    }

    @Test
    void inTheConfigurationNeverSends() {
      Story story = off();
      story.confObserves = true;
      story.look(running).sends().data(State.WOULD_STOP, ReasonCode.CONF_OBSERVES);
    }

    @Test
    void forWantOfExpectNeverSends() {
      Story story = off();
      story.expect = null;
      story
          .look(running)
          .sends()
          .data(State.WOULD_STOP, ReasonCode.NO_EXPECT)
          .says(Kind.DATA, "expect");
    }

    @Test
    void doesNotKeepAnEnforcingPolicyFromActing() {
      Story.with(policy("a").observe(), policy("b")).look(running).sends(CANCEL_BACKUPSET);
    }

    @Test
    void ofAnotherTenantsJobBlocksAsNobodyForbidsIt() {
      Story.with(policy("a").tenants("1001"), policy("b").tenants("1002").observe())
          .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"))
          .sends()
          .data(State.BLOCKED, ReasonCode.OTHERS_JOBS)
          .says(Kind.DATA, "only observed by policy b");
    }

    @Test
    void endsAStopThatWasBegun() {
      Story story = off();
      story.look(running).sends(CANCEL_BACKUPSET);
      story.write(policy("hz").observe());
      story.seconds(60).look(running).sends().data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES);
    }
  }

  @Nested
  class Deletions {

    private final Looks running = look().set(7, "BACKUP").flag(true).archive("DOING");

    private Story counted(Looks sight) {
      Story story = Story.with(policy("hz").on());
      story.look(sight).sends();
      story.delete("hz");
      story.seconds(2).look(sight).sends().data(State.DRIFTED, ReasonCode.DELETION_GRACE);
      story.seconds(28).look(sight).sends().data(State.DRIFTED, ReasonCode.DELETION_GRACE);
      return story.seconds(2);
    }

    @Test
    void permitNothingAnyMoreWhereNothingRuns() {
      Story story = Story.with(policy("hz").on());
      story.look(look()).data(State.PERMITTED, ReasonCode.POLICY_ON);
      story.delete("hz");
      story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    }

    @Test
    void protectUntilTheyCountAndForbidFromThenOnUntilProvenEachKindByItself() {
      Story story = counted(running);
      story.look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
      Looks dataGone = look().flag(true).archive("DOING");
      story.seconds(2).look(dataGone).releases();
      story
          .seconds(2)
          .look(dataGone)
          .proves(Kind.DATA)
          .releases(new Release("hz", Kind.DATA, Release.Cause.PROVEN));
      story.seconds(2).look(dataGone).data(State.UNMANAGED, ReasonCode.NO_POLICY);
      Looks gone = look().archive("PAUSED");
      story.seconds(2).look(gone).releases().log(State.STOPPING, ReasonCode.SECOND_LOOK);
      story.seconds(2).look(gone).releases(new Release("hz", Kind.LOG, Release.Cause.PROVEN));
      assertThat(story.book.policies()).isEmpty();
    }

    @Test
    void sayWhenTheyCountAndHowToWithdrawThem() {
      Story story = Story.with(policy("hz").on());
      story.look(running);
      story.delete("hz").look(running).says(Kind.DATA, "2026-03-01T08:00:30Z", "put the file back");
    }

    @Test
    void areWithdrawnByPuttingTheFileBack() {
      Story story = Story.with(policy("hz").on());
      story.look(running);
      story.delete("hz").seconds(2).look(running);
      story
          .write(policy("hz").on())
          .seconds(10)
          .look(running)
          .data(State.PERMITTED, ReasonCode.POLICY_ON);
      story.pass(Duration.ofHours(1)).look(running).sends();
    }

    @Test
    void areEndedByPuttingTheFileBackLater() {
      Story story = counted(running);
      story.look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
      story.write(policy("hz").on());
      story
          .seconds(2)
          .look(look().set(7, "CANCEL").flag(true).archive("DOING"))
          .sends()
          .data(State.PERMITTED, ReasonCode.POLICY_ON)
          .log(State.PERMITTED, ReasonCode.POLICY_ON);
    }

    @Test
    void areProvenOnlyByTwoLooksAfterTheyCounted() {
      Story story = Story.with(policy("hz"));
      story.look(look());
      story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
      story.delete("hz").look(look());
      story.seconds(32).look(look()).releases().data(State.STOPPING, ReasonCode.SECOND_LOOK);
      story
          .seconds(2)
          .look(look())
          .releases(
              new Release("hz", Kind.DATA, Release.Cause.PROVEN),
              new Release("hz", Kind.LOG, Release.Cause.PROVEN));
    }

    @Test
    void areForgottenAtOnceOnFourAndLater() {
      Looks four = look().version(4, 2, 1).blindTo(Area.SETS).blindTo(Area.PIECES);
      Story story = Story.with(policy("hz"));
      story.look(four);
      story.delete("hz").look(four);
      story
          .seconds(30)
          .look(four)
          .releases(
              new Release("hz", Kind.DATA, Release.Cause.UNSUPPORTED),
              new Release("hz", Kind.LOG, Release.Cause.UNSUPPORTED));
    }

    @Test
    void thatAreOnlyObservedAreRecordedAndForgotten() {
      Story story = Story.with(policy("hz").on().observe());
      story.look(running);
      story.delete("hz").look(running).sends();
      story
          .seconds(30)
          .look(running)
          .sends()
          .data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES)
          .releases(
              new Release("hz", Kind.DATA, Release.Cause.WOULD_STOP),
              new Release("hz", Kind.LOG, Release.Cause.WOULD_STOP));
    }

    @Test
    void ofBlindClustersStayUntilTheyCanBeJudged() {
      Looks dark = look().blindTo(Area.EVERYTHING, Cause.UNREACHABLE);
      Story story = Story.with(policy("hz").on());
      story.look(running);
      story.delete("hz").look(dark);
      story.seconds(30).look(dark).releases();
      story.pass(Duration.ofDays(3)).look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
    }

    @Test
    void ofTenantsForbidNoClusterLevelJob() {
      Story story = Story.with(policy("pay").tenants("1001").on());
      Looks cluster = look().set(7, "BACKUP");
      story.look(cluster);
      story.delete("pay").look(cluster);
      story.seconds(30).look(cluster).sends();
      story
          .seconds(2)
          .look(cluster)
          .sends()
          .releases(
              new Release("pay", Kind.DATA, Release.Cause.PROVEN),
              new Release("pay", Kind.LOG, Release.Cause.PROVEN));
    }

    @Test
    void doNotOutweighAnotherPolicysOn() {
      Story story = Story.with(policy("a"), policy("b").tenants("1001").on());
      Looks tenant = look().set(7, 1001, "BACKUP");
      story.look(tenant).sends();
      story.delete("a").look(tenant);
      story.seconds(30).look(tenant).sends();
      story.seconds(2).look(tenant).sends();
      assertThat(story.book.find("a")).isEmpty();
    }

    @Test
    void goOnWithAStopBegunBeforeTheFileVanished() {
      Story story = off();
      story.look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
      story.delete("hz");
      story.seconds(2).look(running).data(State.STOPPING, ReasonCode.SENT);
      story.seconds(60).look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
    }

    @Test
    void startNoNewStopDuringGrace() {
      Story story = off();
      story.look(look());
      story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
      story.delete("hz").look(running).sends().data(State.DRIFTED, ReasonCode.DELETION_GRACE);
    }

    @Test
    void thatAreHeldSendNothingHoweverLongTheyWait() {
      Story story = Story.with(policy("hz").on().onDelete(OnDelete.HOLD));
      story.look(running);
      story.delete("hz");
      for (int day = 0; day < 10; day++) {
        story
            .pass(Duration.ofDays(1))
            .look(running)
            .sends()
            .data(State.HELD, ReasonCode.DELETION_HELD);
      }
    }

    @Test
    void thatWillBeForgottenStopNothing() {
      Story story = Story.with(policy("hz").on().onDelete(OnDelete.FORGET));
      story.look(running);
      story.delete("hz").look(running).sends();
      story.seconds(30).look(running).sends().data(State.UNMANAGED, ReasonCode.NO_POLICY);
    }
  }

  @Nested
  class Files {

    private final Looks running = look().set(7, "BACKUP");

    @Test
    void thatBreakProtectWhatTheirLastGoodVersionPermits() {
      Story story = Story.with(policy("all"), policy("pay").tenants("1001").on());
      Looks both = look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP");
      story.look(both).sends();
      story.spoil("pay").seconds(2).look(both).sends().data(State.BLOCKED, ReasonCode.OTHERS_JOBS);
    }

    @Test
    void thatBreakStartNoNewStop() {
      Story story = off();
      story.look(look());
      story
          .spoil("hz")
          .look(running)
          .sends()
          .data(State.BLOCKED, ReasonCode.BROKEN_POLICY)
          .says(Kind.DATA, "hz.yaml", "3:1: broken", "mend");
      story.write(policy("hz")).look(running).sends(CANCEL_BACKUPSET);
    }

    @Test
    void thatBreakLetAStopGoOnThatWasBegun() {
      Story story = off();
      story.look(running).sends(CANCEL_BACKUPSET);
      story.spoil("hz").seconds(2).look(running).data(State.STOPPING, ReasonCode.SENT);
      story.seconds(60).look(running).sends(CANCEL_BACKUPSET);
    }

    @Test
    void thatBrokeAfterAProvenStopStartNoneForWhatReturns() {
      Story story = off();
      story.look(running).sends(CANCEL_BACKUPSET);
      story.seconds(2).look(look());
      story.seconds(2).look(look()).proves(Kind.DATA);
      story
          .spoil("hz")
          .seconds(2)
          .look(look().set(8, "BACKUP"))
          .sends()
          .data(State.BLOCKED, ReasonCode.BROKEN_POLICY);
    }

    @Test
    void thatStillChangeStartNoNewStop() {
      Story story = off();
      story.look(look());
      story.unsettle("hz").look(running).sends().data(State.BLOCKED, ReasonCode.UNSETTLED_FILE);
    }

    @Test
    void thatNeverWereGoodBlockNewStops() {
      Story story = off().spoil("stray");
      story
          .look(running)
          .sends()
          .data(State.BLOCKED, ReasonCode.BROKEN_FILE)
          .says(Kind.DATA, "stray.yaml", "mend or remove the file");
      story.delete("stray").look(running).sends(CANCEL_BACKUPSET);
    }

    @Test
    void thatNeverWereGoodLetAStopGoOnThatWasBegun() {
      Story story = off();
      story.look(running).sends(CANCEL_BACKUPSET);
      story.spoil("stray").seconds(60).look(running).sends(CANCEL_BACKUPSET);
    }
  }

  @Nested
  class OverBudget {

    private final Looks running = look().set(7, "BACKUP");

    private Story held() {
      Story story = Story.with(policy("hz").on());
      story.look(running);
      story.admits = false;
      story.write(policy("hz").off());
      story.seconds(2).look(running).sends().data(State.HELD, ReasonCode.BUDGET_HELD);
      return story;
    }

    @Test
    void editsAreHeldUntilUndone() {
      Story story = held();
      story
          .pass(Duration.ofHours(2))
          .look(running)
          .sends()
          .data(State.HELD, ReasonCode.BUDGET_HELD);
      story.write(policy("hz").on()).look(running).data(State.PERMITTED, ReasonCode.POLICY_ON);
      assertThat(story.memory.budgetHold()).isNull();
    }

    @Test
    void anotherEditDoesNotReleaseWhatIsHeld() {
      Story story = held();
      story.admits = true;
      story.pass(Duration.ofHours(2)).write(policy("more").tenants("1001"));
      story.look(running).sends().data(State.HELD, ReasonCode.BUDGET_HELD);
      assertThat(story.memory.budgetHold()).isNotNull();
    }

    @Test
    void whatWasForbiddenBeforeGoesOn() {
      Story story = Story.with(policy("hz").on(Kind.DATA));
      story.look(running.piece(8, "DOING")).sends(CANCEL_BACKUPPIECE);
      story.admits = false;
      story.write(policy("hz").off());
      story
          .seconds(60)
          .look(running)
          .sends(CANCEL_BACKUPPIECE)
          .data(State.HELD, ReasonCode.BUDGET_HELD);
    }
  }
}
