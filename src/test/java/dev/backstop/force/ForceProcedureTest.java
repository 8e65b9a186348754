package dev.backstop.force;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.force.ForceProcedure.Move;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.Statement;
import dev.backstop.testing.Looks;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tells the order of moves, look by look. */
class ForceProcedureTest {

  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

  private ForceProcedure course = new ForceProcedure(false);
  private Instant now = START;

  private Move look(Looks look) {
    course.saw(now, look.at(now));
    return course.next(now);
  }

  private Move blind() {
    course.saw(now, null);
    return course.next(now);
  }

  private ForceProcedureTest seconds(long seconds) {
    now = now.plusSeconds(seconds);
    return this;
  }

  private void send(Statement statement, Result result) {
    course.sent(statement, now, result);
  }

  private void force(Result result) {
    course.forced(now, result);
  }

  private static Looks archive() {
    return Looks.look().flag(true).archive("DOING");
  }

  private static Looks paused() {
    return Looks.look().archive("PAUSED");
  }

  @Test
  void withoutAnArchive_theForcedEndComesAtOnce() {
    assertThat(look(Looks.look().piece(1, "FINISH"))).isEqualTo(Move.FORCE);
  }

  @Test
  void nothingIsDoneBlindly() {
    assertThat(blind()).isEqualTo(Move.WAIT);
    assertThat(look(archive())).isEqualTo(Move.STOP_ARCHIVE);
    send(Statement.STOP_ARCHIVELOG, Result.ACCEPTED);
    assertThat(seconds(2).blind()).isEqualTo(Move.WAIT);
    force(Result.ACCEPTED);
    assertThat(seconds(2).blind()).isEqualTo(Move.WAIT);
  }

  @Test
  void archiveIsStopped_andSeenOffTwice_beforeTheForcedEnd() {
    assertThat(look(archive())).isEqualTo(Move.STOP_ARCHIVE);
    send(Statement.STOP_ARCHIVELOG, Result.ACCEPTED);
    assertThat(look(paused())).isEqualTo(Move.WAIT);
    assertThat(seconds(1).look(paused())).isEqualTo(Move.WAIT);
    assertThat(seconds(1).look(paused())).isEqualTo(Move.FORCE);
  }

  @Test
  void lookBetweenThatIsBlind_startsTheTwoLooksAnew() {
    look(archive());
    send(Statement.STOP_ARCHIVELOG, Result.UNKNOWN);
    look(paused());
    seconds(2).blind();
    assertThat(seconds(2).look(paused())).isEqualTo(Move.WAIT);
    assertThat(seconds(2).look(paused())).isEqualTo(Move.FORCE);
  }

  @Test
  void stopIsRepeatedAfterAMinute_andGivenUpAfterThree() {
    look(archive());
    send(Statement.STOP_ARCHIVELOG, Result.ACCEPTED);
    assertThat(seconds(59).look(archive())).isEqualTo(Move.WAIT);
    assertThat(seconds(1).look(archive())).isEqualTo(Move.STOP_ARCHIVE);
    send(Statement.STOP_ARCHIVELOG, Result.ACCEPTED);
    assertThat(seconds(119).look(archive())).isEqualTo(Move.STOP_ARCHIVE);
    assertThat(seconds(1).look(archive())).isEqualTo(Move.END);
    assertThat(course.stopTrouble()).contains("still runs");
    assertThat(course.isForced()).isFalse();
  }

  @Test
  void refusedStopEndsIt_unlessAPersonSaidEvenSo() {
    look(archive());
    send(Statement.STOP_ARCHIVELOG, Result.REFUSED);
    assertThat(look(archive())).isEqualTo(Move.END);
    course = new ForceProcedure(true);
    look(archive());
    send(Statement.STOP_ARCHIVELOG, Result.REFUSED);
    assertThat(look(archive())).isEqualTo(Move.FORCE);
    assertThat(course.stopTrouble()).contains("refused");
  }

  @Test
  void stopIsNeverSentBesidePieceJobs() {
    assertThat(look(archive().piece(3, "DOING"))).isEqualTo(Move.END);
    assertThat(course.stopTrouble()).contains("piece jobs");
  }

  @Test
  void refusedOrKeptBackForcedEndEndsIt() {
    for (Result result : new Result[] {Result.REFUSED, Result.NOT_SENT}) {
      course = new ForceProcedure(false);
      look(Looks.look().set(1, "CANCEL"));
      force(result);
      assertThat(seconds(2).look(Looks.look().set(1, "CANCEL"))).isEqualTo(Move.END);
      assertThat(course.isForced()).isFalse();
    }
  }

  @Test
  void forcedEndIsNeverAskedForTwice() {
    for (Result result : new Result[] {Result.ACCEPTED, Result.UNKNOWN, Result.OPEN}) {
      course = new ForceProcedure(true);
      look(Looks.look().set(1, "CANCEL"));
      force(result);
      for (int i = 0; i < 600; i++) {
        assertThat(seconds(2).look(Looks.look().set(1, "CANCEL"))).isNotEqualTo(Move.FORCE);
      }
    }
    course = new ForceProcedure(true);
    course.resume();
    assertThat(look(Looks.look().set(1, "BACKUP"))).isEqualTo(Move.CANCEL_SETS);
  }

  @Test
  void pieceQueueIsCancelledJobByJob_withoutWaitingAfterProgress() {
    look(Looks.look().piece(1, "FINISH").piece(2, "SCHEDULE").piece(3, "SCHEDULE"));
    force(Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look().piece(1, "CANCEL").piece(2, "SCHEDULE")))
        .isEqualTo(Move.WAIT);
    assertThat(seconds(2).look(Looks.look().piece(2, "SCHEDULE").piece(3, "SCHEDULE")))
        .isEqualTo(Move.CANCEL_PIECES);
    send(Statement.CANCEL_BACKUPPIECE, Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look().piece(2, "SCHEDULE").piece(3, "SCHEDULE")))
        .isEqualTo(Move.WAIT);
    assertThat(seconds(2).look(Looks.look().piece(3, "SCHEDULE"))).isEqualTo(Move.CANCEL_PIECES);
    send(Statement.CANCEL_BACKUPPIECE, Result.ACCEPTED);
    assertThat(seconds(60).look(Looks.look().piece(3, "SCHEDULE"))).isEqualTo(Move.CANCEL_PIECES);
  }

  @Test
  void rowsOnTheirWayOutAreGivenAMinute() {
    look(Looks.look().piece(1, "FINISH"));
    force(Result.ACCEPTED);
    seconds(2).look(Looks.look().piece(1, "CANCEL"));
    assertThat(seconds(59).look(Looks.look().piece(1, "CANCEL"))).isEqualTo(Move.WAIT);
    assertThat(seconds(1).look(Looks.look().piece(1, "CANCEL"))).isEqualTo(Move.CANCEL_PIECES);
  }

  @Test
  void setJobThatNothingReached_isCancelledOrdinarily() {
    look(Looks.look().set(1, "BACKUP"));
    force(Result.UNKNOWN);
    assertThat(seconds(2).look(Looks.look().set(1, "BACKUP"))).isEqualTo(Move.CANCEL_SETS);
    send(Statement.CANCEL_BACKUPSET, Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look().set(1, "CANCEL"))).isEqualTo(Move.WAIT);
  }

  @Test
  void setJobThatTheForcedEndReached_isLeftToIt() {
    look(Looks.look().set(1, "BACKUP"));
    force(Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look().set(1, "BACKUP"))).isEqualTo(Move.WAIT);
  }

  @Test
  void itEndsWithTwoLooksAfterTheForcedEnd() {
    look(Looks.look().set(1, "CANCEL"));
    force(Result.ACCEPTED);
    assertThat(seconds(2).look(Looks.look())).isEqualTo(Move.WAIT);
    assertThat(course.areJobsProven()).isFalse();
    assertThat(seconds(2).look(Looks.look())).isEqualTo(Move.END);
    assertThat(course.areJobsProven()).isTrue();
    assertThat(course.isArchiveProven()).isTrue();
  }

  @Test
  void looksBeforeTheForcedEndProveNothing() {
    look(Looks.look());
    seconds(10).look(Looks.look());
    force(Result.ACCEPTED);
    assertThat(course.areJobsProven()).isFalse();
    assertThat(look(Looks.look())).isEqualTo(Move.WAIT);
  }

  @Test
  void staleArchiveIsNotWaitedFor_andNotProven() {
    course = new ForceProcedure(true);
    course.resume();
    look(archive());
    assertThat(seconds(2).look(archive())).isEqualTo(Move.END);
    assertThat(course.areJobsProven()).isTrue();
    assertThat(course.isArchiveProven()).isFalse();
  }
}
