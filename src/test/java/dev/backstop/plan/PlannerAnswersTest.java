package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Statement.STOP_ARCHIVELOG;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.testing.Looks;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repeats statements by how the server answered. */
class PlannerAnswersTest {

  private final Looks running = look().set(7, "BACKUP");

  @Test
  void answersOfALastingRefusalAreShownAndTriedAgainEveryTenMinutes() {
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
  void answersOfARefusalAreForgottenOnAnyChange() {
    Story story = off().answering(SentStatement.Result.REFUSED, "1235 not supported");
    story.look(running).sends(CANCEL_BACKUPSET);
    story.seconds(60).look(running).sends();
    story.seconds(2).look(look().set(7, "SCHEDULE")).sends(CANCEL_BACKUPSET);
    story.seconds(60).look(look().set(7, "SCHEDULE")).sends();
    story.write(policy("hz").verifyWithin(Duration.ofMinutes(20)));
    story.seconds(2).look(look().set(7, "SCHEDULE")).sends(CANCEL_BACKUPSET);
  }

  @Test
  void answersOfARefusalOutlastAFlagThatCannotBeRead() {
    Story story = off().answering(SentStatement.Result.REFUSED, "1227 Access denied");
    story.look(running).sends(CANCEL_BACKUPSET);
    story.seconds(70).look(look().set(7, "BACKUP").without(BlindSpot.Area.FLAG)).sends();
  }

  @Test
  void answersOfARefusalOutlastANameThatCanBeReadAgain() {
    Story story = off().answering(SentStatement.Result.REFUSED, "1227 Access denied");
    story.look(look().set(7, 1001, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(70).look(look().name("pay", 1001).set(7, 1001, "BACKUP")).sends();
  }

  @ParameterizedTest
  @EnumSource(
      value = SentStatement.Result.class,
      names = {"UNKNOWN", "OPEN"})
  void answersThatSayNothingAreNoProofAndNoFailure(SentStatement.Result result) {
    Story story = off().answering(result, "4012 Timeout");
    story.look(running).sends(CANCEL_BACKUPSET);
    assertThat(story.seconds(2).look(running).sends().plan().kind(Kind.DATA).state())
        .isEqualTo(State.STOPPING);
    story.seconds(2).look(look().set(7, "CANCEL")).sends();
    story.seconds(2).look(look());
    story.seconds(2).look(look()).proves(Kind.DATA);
  }

  @Test
  void answersOfUnknownOutcomeLeadToTheSameStatementAfterSixtySeconds() {
    Story story = off().answering(SentStatement.Result.UNKNOWN, "4012 Timeout");
    story
        .look(running)
        .data(State.STOPPING, ReasonCode.OUTCOME_UNKNOWN)
        .says(Kind.DATA, "4012 Timeout");
    story.seconds(2).watch(Duration.ofSeconds(56), running);
    story.seconds(2).look(running).sends(CANCEL_BACKUPSET);
  }

  @Test
  void answersThatLostARaceLeadToTheSameStatementSoon_butNotForEver() {
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
  void statementsAnsweredLateAreRepeatedSixtySecondsAfterTheAnswer() {
    Story story = off().answeringAfter(Duration.ofSeconds(40));
    story.look(running).sends(CANCEL_BACKUPSET);
    story.answeringAfter(Duration.ZERO);
    story.seconds(2).watch(Duration.ofSeconds(56), running);
    story.seconds(2).look(running).sends(CANCEL_BACKUPSET);
  }

  /** Whoever died may have sent it at the last moment before the next look. */
  @Test
  void statementsThatNobodyHeardTheAnswerOfAreRepeatedSixtySecondsAfterTheNextLook() {
    Story story = off().answering(SentStatement.Result.OPEN, "");
    story.look(running).sends(CANCEL_BACKUPSET);
    story.seconds(20).watch(Duration.ofSeconds(58), running);
    story.seconds(2).look(running).sends(CANCEL_BACKUPSET);
  }

  @Test
  void statementsThatNeverLeftAreNoStop() {
    Story story = off().answering(SentStatement.Result.NOT_SENT, "the cluster's id is another one");
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
