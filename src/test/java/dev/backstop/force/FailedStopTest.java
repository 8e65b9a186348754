package dev.backstop.force;

import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopRecord;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.testing.Looks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tells what counts as a failed stop on record. */
class FailedStopTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final Actor DAEMON = new Actor("d", "daemon", "d");
  private static final Observation SETS = Looks.look().set(7, "CANCEL").at(NOW);
  private static final Observation PIECES =
      Looks.look().piece(3, "FINISH").piece(4, "SCHEDULE").at(NOW);

  private static ClusterRecord record(Statement statement, State state) {
    SentStatement sent =
        new SentStatement(statement, timeline(NOW), 7, 7, false, false, false, Result.ACCEPTED, "");
    return ClusterRecord.none("hz")
        .with(statement.kind(), StopRecord.NONE.sending(sent, false).showing(state, NOW));
  }

  private static HistoryEntry answer(
      long minutesAgo, Statement statement, Result result, long... jobs) {
    List<Job> before =
        LongStream.of(jobs)
            .mapToObj(id -> new Job(statement.object(), id, TenantId.SYS, "", "DOING", ""))
            .toList();
    return HistoryEntry.of(
            NOW.minusSeconds(60 * minutesAgo),
            DAEMON,
            "hz",
            statement.kind(),
            Event.STATEMENT_RESULT,
            "")
        .sending(statement, before)
        .ending(result, List.of());
  }

  private static Optional<String> told(Observation seen, HistoryEntry... entries) {
    return new FailedStop(ClusterRecord.none("hz"), List.of(entries), NOW).of(seen);
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void stateOfWhatRunsCounts(State state) {
    Optional<String> failed =
        new FailedStop(record(Statement.CANCEL_BACKUPSET, state), List.of(), NOW).of(SETS);
    boolean isFailed = state == State.NOT_VERIFIED || state == State.REFUSED;
    assertThat(failed.isPresent()).isEqualTo(isFailed);
  }

  @Test
  void stateOfWhatDoesNotRunIsOver() {
    assertThat(
            new FailedStop(record(Statement.CANCEL_BACKUPPIECE, State.NOT_VERIFIED), List.of(), NOW)
                .of(SETS))
        .isEmpty();
  }

  /** A record may be weeks old, and what runs now may be another job. */
  @Test
  void stateIsOfTheJobsThatTheStatementWasFor() {
    Observation later = Looks.look().set(8, "BACKUP").at(NOW);
    ClusterRecord record = record(Statement.CANCEL_BACKUPSET, State.NOT_VERIFIED);
    assertThat(new FailedStop(record, List.of(), NOW).of(later)).isEmpty();
  }

  @Test
  void archiveThatWasNotVerifiedCounts() {
    Observation archive = Looks.look().flag(true).at(NOW);
    ClusterRecord record = record(Statement.STOP_ARCHIVELOG, State.NOT_VERIFIED);
    assertThat(new FailedStop(record, List.of(), NOW).of(archive)).isPresent();
  }

  @Test
  void refusedStatementForTheVeryJobCounts() {
    assertThat(told(SETS, answer(1, Statement.CANCEL_BACKUPSET, Result.REFUSED, 7)))
        .hasValueSatisfying(words -> assertThat(words).contains("was refused"));
    assertThat(told(SETS, answer(1, Statement.CANCEL_BACKUPSET, Result.REFUSED, 6))).isEmpty();
  }

  @Test
  void statementUnprovenForAQuarterOfAnHourCounts() {
    assertThat(told(SETS, answer(15, Statement.CANCEL_BACKUPSET, Result.ACCEPTED, 7)))
        .hasValueSatisfying(words -> assertThat(words).contains("was never proven"));
    assertThat(told(SETS, answer(14, Statement.CANCEL_BACKUPSET, Result.ACCEPTED, 7))).isEmpty();
    assertThat(told(SETS, answer(20, Statement.CANCEL_BACKUPSET, Result.NOT_SENT, 7))).isEmpty();
  }

  @Test
  void proofAfterItEndsIt() {
    HistoryEntry proof =
        HistoryEntry.of(NOW, DAEMON, "hz", Kind.DATA, Event.STOP_PROVEN, "two looks agree");
    assertThat(told(SETS, answer(20, Statement.CANCEL_BACKUPSET, Result.ACCEPTED, 7), proof))
        .isEmpty();
  }

  /** The others only waited behind it, so that nothing failed for them yet. */
  @Test
  void cancelOfPiecesWasForTheLowestJobAlone() {
    assertThat(told(PIECES, answer(20, Statement.CANCEL_BACKUPPIECE, Result.ACCEPTED, 2, 3)))
        .isEmpty();
    assertThat(told(PIECES, answer(20, Statement.CANCEL_BACKUPPIECE, Result.ACCEPTED, 4, 3)))
        .isPresent();
  }

  @Test
  void archiveThatRunsOnCounts() {
    Observation archive = Looks.look().flag(true).at(NOW);
    HistoryEntry stop = answer(1, Statement.STOP_ARCHIVELOG, Result.REFUSED, 0);
    assertThat(stop.jobsBefore()).extracting(Job::object).containsExactly(JobObject.ARCHIVELOG);
    assertThat(told(archive, stop)).isPresent();
    assertThat(told(SETS, stop)).isEmpty();
  }
}
