package dev.backstop.force;

import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.force.ForceSteps.Step;
import dev.backstop.observation.Observation;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.Statement;
import dev.backstop.testing.Looks;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Shows the order of steps, look by look. */
class ForceStepsTest {

  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

  private ForceSteps steps = new ForceSteps(false);
  private Instant now = START;
  private Observation seen = Looks.look().at(START);

  private Step look(Looks look) {
    seen = look.at(now);
    steps.onLook(timeline(now), seen);
    return steps.next(timeline(now));
  }

  private Step blind() {
    steps.onLook(timeline(now), null);
    return steps.next(timeline(now));
  }

  private ForceStepsTest seconds(long seconds) {
    now = now.plusSeconds(seconds);
    return this;
  }

  private void send(Statement statement, Result result) {
    steps.onSent(statement, seen, timeline(now), result);
  }

  private void force(Result result) {
    steps.onForced(seen, timeline(now), result);
  }

  private static Looks archive() {
    return Looks.look().flag(true).archive("DOING");
  }

  private static Looks paused() {
    return Looks.look().archive("PAUSED");
  }

  @Test
  void withoutAnArchive_theForcedEndComesAtOnce() {
    assertThat(look(Looks.look().piece(1, "FINISH"))).isEqualTo(Step.FORCE);
  }

  @Test
  void nothingIsDoneBlindly() {
    assertThat(blind()).isEqualTo(Step.WAIT);
    assertThat(look(archive())).isEqualTo(Step.STOP_ARCHIVE);
    send(Statement.STOP_ARCHIVELOG, Result.ACCEPTED);
    assertThat(seconds(2).blind()).isEqualTo(Step.WAIT);
    force(Result.ACCEPTED);
    assertThat(seconds(2).blind()).isEqualTo(Step.WAIT);
  }

  @Test
  void archiveIsStopped_andSeenOffTwice_beforeTheForcedEnd() {
    assertThat(look(archive())).isEqualTo(Step.STOP_ARCHIVE);
    send(Statement.STOP_ARCHIVELOG, Result.ACCEPTED);
    assertThat(look(paused())).isEqualTo(Step.WAIT);
    assertThat(seconds(1).look(paused())).isEqualTo(Step.WAIT);
    assertThat(seconds(1).look(paused())).isEqualTo(Step.FORCE);
  }

  @Test
  void lookBetweenThatIsBlind_startsTheTwoLooksAnew() {
    look(archive());
    send(Statement.STOP_ARCHIVELOG, Result.UNKNOWN);
    look(paused());
    seconds(2).blind();
    assertThat(seconds(2).look(paused())).isEqualTo(Step.WAIT);
    assertThat(seconds(2).look(paused())).isEqualTo(Step.FORCE);
  }

  @Test
  void stopIsRepeatedAfterAMinute_andGivenUpAfterThree() {
    look(archive());
    send(Statement.STOP_ARCHIVELOG, Result.ACCEPTED);
    assertThat(seconds(59).look(archive())).isEqualTo(Step.WAIT);
    assertThat(seconds(1).look(archive())).isEqualTo(Step.STOP_ARCHIVE);
    send(Statement.STOP_ARCHIVELOG, Result.ACCEPTED);
    assertThat(seconds(119).look(archive())).isEqualTo(Step.STOP_ARCHIVE);
    assertThat(seconds(1).look(archive())).isEqualTo(Step.END);
    assertThat(steps.stopProblem()).contains("still runs");
    assertThat(steps.isForced()).isFalse();
  }

  @Test
  void refusedStopEndsIt_unlessAPersonSaidEvenSo() {
    look(archive());
    send(Statement.STOP_ARCHIVELOG, Result.REFUSED);
    assertThat(look(archive())).isEqualTo(Step.END);
    steps = new ForceSteps(true);
    look(archive());
    send(Statement.STOP_ARCHIVELOG, Result.REFUSED);
    assertThat(look(archive())).isEqualTo(Step.FORCE);
    assertThat(steps.stopProblem()).contains("refused");
  }

  @Test
  void stopIsNeverSentBesidePieceJobs() {
    assertThat(look(archive().piece(3, "DOING"))).isEqualTo(Step.END);
    assertThat(steps.stopProblem()).contains("piece jobs");
  }

  @Test
  void refusedOrKeptBackForcedEndEndsIt() {
    for (Result result : new Result[] {Result.REFUSED, Result.NOT_SENT}) {
      steps = new ForceSteps(false);
      look(Looks.look().set(1, "CANCEL"));
      force(result);
      assertThat(seconds(2).look(Looks.look().set(1, "CANCEL"))).isEqualTo(Step.END);
      assertThat(steps.isForced()).isFalse();
    }
  }

  @Test
  void forcedEndIsNeverAskedForTwice() {
    for (Result result : new Result[] {Result.ACCEPTED, Result.UNKNOWN, Result.OPEN}) {
      steps = new ForceSteps(true);
      look(Looks.look().set(1, "CANCEL"));
      force(result);
      for (int i = 0; i < 600; i++) {
        assertThat(seconds(2).look(Looks.look().set(1, "CANCEL"))).isNotEqualTo(Step.FORCE);
      }
    }
    steps = new ForceSteps(true);
    steps.onResumed();
    assertThat(look(Looks.look().set(1, "BACKUP"))).isEqualTo(Step.CANCEL_SETS);
  }

  @Test
  void pieceQueueIsCancelledJobByJob_withoutWaitingAfterProgress() {
    look(Looks.look().piece(1, "FINISH").piece(2, "SCHEDULE").piece(3, "SCHEDULE"));
    force(Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look().piece(1, "CANCEL").piece(2, "SCHEDULE")))
        .isEqualTo(Step.WAIT);
    assertThat(seconds(2).look(Looks.look().piece(2, "SCHEDULE").piece(3, "SCHEDULE")))
        .isEqualTo(Step.CANCEL_PIECES);
    send(Statement.CANCEL_BACKUPPIECE, Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look().piece(2, "SCHEDULE").piece(3, "SCHEDULE")))
        .isEqualTo(Step.WAIT);
    assertThat(seconds(2).look(Looks.look().piece(3, "SCHEDULE"))).isEqualTo(Step.CANCEL_PIECES);
    send(Statement.CANCEL_BACKUPPIECE, Result.ACCEPTED);
    assertThat(seconds(60).look(Looks.look().piece(3, "SCHEDULE"))).isEqualTo(Step.CANCEL_PIECES);
  }

  @Test
  void rowsOnTheirWayOutAreGivenAMinute() {
    look(Looks.look().piece(1, "FINISH"));
    force(Result.ACCEPTED);
    seconds(2).look(Looks.look().piece(1, "CANCEL"));
    assertThat(seconds(59).look(Looks.look().piece(1, "CANCEL"))).isEqualTo(Step.WAIT);
    assertThat(seconds(1).look(Looks.look().piece(1, "CANCEL"))).isEqualTo(Step.CANCEL_PIECES);
  }

  @Test
  void setJobThatNothingReached_isCancelledOrdinarily() {
    look(Looks.look().set(1, "BACKUP"));
    force(Result.UNKNOWN);
    assertThat(seconds(2).look(Looks.look().set(1, "BACKUP"))).isEqualTo(Step.CANCEL_SETS);
    send(Statement.CANCEL_BACKUPSET, Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look().set(1, "CANCEL"))).isEqualTo(Step.WAIT);
  }

  @Test
  void setJobThatTheForcedEndReached_isLeftToIt() {
    look(Looks.look().set(1, "BACKUP"));
    force(Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look().set(1, "BACKUP"))).isEqualTo(Step.WAIT);
  }

  @Test
  void itEndsWithTwoLooksAfterTheForcedEnd() {
    look(Looks.look().set(1, "CANCEL"));
    force(Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look())).isEqualTo(Step.WAIT);
    assertThat(steps.areJobsProven()).isFalse();
    assertThat(seconds(2).look(Looks.look())).isEqualTo(Step.END);
    assertThat(steps.areJobsProven()).isTrue();
    assertThat(steps.isArchiveProven()).isTrue();
  }

  @Test
  void looksBeforeTheForcedEndProveNothing() {
    look(Looks.look());
    seconds(10).look(Looks.look());
    force(Result.ACCEPTED);
    assertThat(steps.areJobsProven()).isFalse();
    assertThat(look(Looks.look())).isEqualTo(Step.WAIT);
  }

  @Test
  void staleArchiveIsNotWaitedFor_andNotProven() {
    steps = new ForceSteps(true);
    steps.onResumed();
    look(archive());
    assertThat(seconds(2).look(archive())).isEqualTo(Step.END);
    assertThat(steps.areJobsProven()).isTrue();
    assertThat(steps.isArchiveProven()).isFalse();
  }
}
