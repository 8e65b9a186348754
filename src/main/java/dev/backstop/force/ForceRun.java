package dev.backstop.force;

import dev.backstop.command.Pause;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.observation.Observation;
import dev.backstop.oceanbase.ActingSession;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopRecord;
import dev.backstop.state.ForcePermit;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.state.ForcePermits.Answer;
import dev.backstop.state.Outcome;
import dev.backstop.state.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Performs the moves of a {@link ForceProcedure}, one look after the other, until it ends. */
final class ForceRun {

  private final OceanBaseCluster reached;
  private final Expect expect;
  private final ForceRecorder journal;
  private final ForceService.Voice voice;
  private final Clock passing;
  private final Preflight.Scene scene;
  private final long lastKnown;
  private final ForceProcedure course;
  private String lastTold = "";
  private ForceObservation sight = new ForceObservation(ForceOutcome.PROVEN, "");
  private @Nullable Outcome struck;
  private @Nullable ForceRefusedException stopped;

  ForceRun(
      OceanBaseCluster reached,
      Expect expect,
      ForceRecorder journal,
      ForceService.Voice voice,
      Clock passing,
      Preflight.Scene scene,
      ForceRecord recorded,
      boolean evenSo) {
    this.reached = reached;
    this.expect = expect;
    this.journal = journal;
    this.voice = voice;
    this.passing = passing;
    this.scene = scene;
    this.lastKnown =
        recorded.earlier().map(PreviousForce::forcePermit).map(ForcePermitRecord::id).orElse(0L);
    this.course = new ForceProcedure(evenSo);
    if (scene.standing().isPresent()) {
      course.resume();
    }
  }

  /** Goes on until the course ends, time is up, or somebody is in the way. */
  ForceReport run(Instant end) {
    while (true) {
      Instant at = passing.instant();
      Observation look = reached.look(Set.of());
      sight = ForceObservation.of(look, expect);
      course.saw(at, sight.isClear() ? look : null);
      tell(look);
      Instant now = passing.instant();
      ForceProcedure.Move move = course.next(now);
      if (move == ForceProcedure.Move.END || !now.isBefore(end) || !goOn(move)) {
        return new ForceReport(course, sight, struck, stopped);
      }
      Pause.until(at.plus(StopRecord.SECOND_LOOK), passing);
    }
  }

  private void tell(Observation look) {
    String words =
        sight.isClear()
            ? ForceReport.left(ForceRecorder.all(look))
            : "looking again: " + sight.words();
    if (!words.equals(lastTold)) {
      lastTold = words;
      voice.say(words);
    }
  }

  /** Makes a move; false where somebody or something ends it after the forced end was sent. */
  private boolean goOn(ForceProcedure.Move move) {
    try {
      perform(move);
      return true;
    } catch (ForceRefusedException refusal) {
      if (!course.isForced()) {
        throw refusal;
      }
      stopped = refusal;
      return false;
    } catch (StoreException e) {
      if (!course.isForced()) {
        throw e;
      }
      // What is under way ends or not by itself; looks go on, and nothing goes out unrecorded.
      if (!lastTold.equals(e.getMessage())) {
        lastTold = String.valueOf(e.getMessage());
        voice.say(lastTold + "; nothing more is sent without its record, looks go on");
      }
      return true;
    }
  }

  private void perform(ForceProcedure.Move move) {
    switch (move) {
      case WAIT -> journal.keep();
      case STOP_ARCHIVE -> send(Statement.STOP_ARCHIVELOG);
      case CANCEL_PIECES -> send(Statement.CANCEL_BACKUPPIECE);
      case CANCEL_SETS -> send(Statement.CANCEL_BACKUPSET);
      case FORCE -> strike();
      case END -> throw new IllegalStateException("the end is no move");
    }
  }

  private void send(Statement statement) {
    Observation seen = course.seen();
    if (seen == null) {
      return;
    }
    Instant at = passing.instant();
    voice.say("sends " + statement.sql());
    Outcome outcome = journal.send(statement, seen, reached);
    course.sent(statement, at, outcome.result());
    voice.say(outcome.told());
  }

  /** Sends the forced end, over the connection that just showed both locations. */
  private void strike() {
    Observation seen = course.seen();
    if (seen == null) {
      return;
    }
    if (!course.stopTrouble().isEmpty()) {
      voice.say(
          course.stopTrouble()
              + "; going on even so: the archive goes on once both destinations are set again");
    }
    try (ActingSession session = reached.act()) {
      BackupDestinations present = Preflight.destinations(session);
      boolean isSame = present.equals(scene.destinations());
      if (!isSame) {
        voice.print("Changed meanwhile, and recorded anew:");
        present.lines().forEach(line -> voice.print("  " + line));
      }
      Answer answer = journal.grant(lastKnown, seen, isSame ? List.of() : List.of(present));
      ForcePermit forcePermit = answer.forcePermit();
      if (forcePermit == null) {
        throw new ForceRefusedException(
            ForceOutcome.NEEDS_PERSON, answer.words() + "; nothing was sent by force");
      }
      voice.say("sends " + forcePermit.statement() + ", this once");
      Outcome outcome = session.send(forcePermit);
      struck = outcome;
      course.forced(passing.instant(), outcome.result());
      voice.say(outcome.told());
      journal.settle(forcePermit, outcome, seen);
    }
  }
}
