package dev.backstop.force;

import dev.backstop.command.Pause;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.observation.Observation;
import dev.backstop.oceanbase.ForceSession;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.plan.QuietPeriod;
import dev.backstop.plan.Statement;
import dev.backstop.state.ForcePermit;
import dev.backstop.state.ForcePermits.ActionBlock;
import dev.backstop.state.ForcePermits.Answer;
import dev.backstop.state.Outcome;
import dev.backstop.state.StoreException;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The procedure: take the lease, check, record both destinations, stop the archive, force once,
 * cancel what is left, prove, and print the runbook.
 */
final class ForceProcedure {

  private static final Duration LEASE_RETRY = Duration.ofMillis(200);

  private final OceanBaseCluster cluster;
  private final Expect expect;
  private final ForceRecorder recorder;
  private final ForceService.Order order;
  private final ForceService.Output output;
  private final ForceSteps steps;
  private final Timeline timeline = Timeline.from(TimelineInstant.MIN, ElapsedTime.OF_HOST);
  private Optional<Preflight.Objection> blind = Optional.empty();
  private @Nullable Outcome answer;
  private String lastProgress = "";

  ForceProcedure(
      OceanBaseCluster cluster,
      Expect expect,
      ForceRecorder recorder,
      ForceService.Order order,
      ForceService.Output output) {
    this.cluster = cluster;
    this.expect = expect;
    this.recorder = recorder;
    this.order = order;
    this.output = output;
    this.steps = new ForceSteps(order.evenSo());
  }

  /**
   * Runs it whole.
   *
   * @param preflight checks again, as whoever held the lease may have changed everything
   */
  ForceOutcome run(Supplier<Preflight> preflight) {
    takeLease();
    try {
      Preflight checked = preflight.get().require(order.evenSo());
      List<String> recorded = recordDestinations(checked);
      ForceReport report = proceed(checked);
      conclude(report, recorded);
      return report.outcome();
    } finally {
      releaseLease();
    }
  }

  /** Waits for whoever acts on the cluster, and keeps everybody else out then. */
  private void takeLease() {
    Answer lease = recorder.takeLease();
    if (lease.block() == ActionBlock.LEASED) {
      output.progress(lease.words());
    }
    while (lease.block() == ActionBlock.LEASED && !isTimeUp()) {
      Pause.pass(LEASE_RETRY);
      lease = recorder.takeLease();
    }
    if (!lease.isGranted()) {
      throw new ForceRefusedException(ForceOutcome.FAILED, lease.words());
    }
  }

  /** What is proven stays proven where the store fails at the very end. */
  private void releaseLease() {
    try {
      recorder.releaseLease();
    } catch (StoreException e) {
      output.progress(e.getMessage() + "; the daemon goes on once the lease has ended by itself");
    }
  }

  /** Records both destinations before anything is sent, and returns what is on record of them. */
  private List<String> recordDestinations(Preflight checked) {
    if (checked.previous().isPresent()) {
      ForceRecord.PreviousForce previous = checked.previous().get();
      output.progress(previous.refusal());
      steps.onResumed();
      return previous.recorded();
    }
    BackupDestinations destinations = checked.presentDestinations();
    recorder.record(destinations);
    show(
        "Recorded, before anything is sent; keys are not shown and have to be known:",
        destinations.lines());
    return destinations.lines();
  }

  /** Takes step after step until the proof, until time is up, or until somebody is in the way. */
  private ForceReport proceed(Preflight checked) {
    while (true) {
      TimelineInstant at = elapsed();
      Observation look = cluster.look(Set.of());
      blind = Preflight.objectionTo(look, expect, order.cluster());
      steps.onLook(at, blind.isEmpty() ? look : null);
      progressOnce(
          blind
              .map(objection -> "looking again: " + objection.words())
              .orElseGet(() -> ForceReport.left(look.jobs())));
      ForceSteps.Step step = steps.next(elapsed());
      if (step == ForceSteps.Step.END || isTimeUp()) {
        return new ForceReport(steps, blind, answer, null);
      }
      try {
        perform(step, look, checked);
      } catch (ForceRefusedException e) {
        if (!steps.isForced()) {
          throw e;
        }
        return new ForceReport(steps, blind, answer, e);
      }
      Pause.pass(elapsed().until(at.plus(QuietPeriod.SECOND_LOOK)));
    }
  }

  private void perform(ForceSteps.Step step, Observation look, Preflight checked) {
    try {
      switch (step) {
        case WAIT, END -> recorder.keepLease();
        case STOP_ARCHIVE -> send(Statement.STOP_ARCHIVELOG, look);
        case FORCE -> force(look, checked);
        case CANCEL_PIECES -> send(Statement.CANCEL_BACKUPPIECE, look);
        case CANCEL_SETS -> send(Statement.CANCEL_BACKUPSET, look);
      }
    } catch (StoreException e) {
      if (!steps.isForced()) {
        throw e;
      }
      // What is under way ends or not by itself; looks go on, and nothing goes out unrecorded.
      progressOnce(e.getMessage() + "; nothing more is sent without its record, looks go on");
    }
  }

  private void send(Statement statement, Observation look) {
    TimelineInstant at = elapsed();
    output.progress("sends " + statement.sql());
    Outcome outcome = recorder.send(statement, look, cluster);
    steps.onSent(statement, look, at, outcome.result());
    output.progress(outcome.description());
  }

  /** Sends the forced end once, over the connection that just showed both destinations. */
  private void force(Observation look, Preflight checked) {
    if (!steps.stopProblem().isEmpty()) {
      output.progress(
          steps.stopProblem()
              + "; going on even so: the archive goes on once both destinations are set again");
    }
    try (ForceSession session = cluster.openForceSession()) {
      BackupDestinations present = BackupDestinations.read(session);
      boolean isSame = present.equals(checked.destinations());
      if (!isSame) {
        show("Changed meanwhile, and recorded anew:", present.lines());
      }
      Answer granted =
          recorder.permitForce(
              checked.record().lastPermit(), look, isSame ? List.of() : List.of(present));
      ForcePermit permit = granted.forcePermit();
      if (permit == null) {
        throw new ForceRefusedException(
            ForceOutcome.NEEDS_PERSON, granted.words() + "; nothing was sent by force");
      }
      output.progress("sends " + permit.statement() + ", this once");
      Outcome outcome = session.send(permit);
      answer = outcome;
      steps.onForced(look, elapsed(), outcome.result());
      output.progress(outcome.description());
      recorder.settleForce(permit, outcome, look);
    }
  }

  private void conclude(ForceReport report, List<String> recorded) {
    report.lines().forEach(output::result);
    if (steps.isForced()) {
      output.result(destinationsNow());
      show("Recorded before:", recorded);
      Runbook.AFTER.lines(order.cluster()).forEach(output::result);
    }
    try {
      recorder.recordEnd(report);
    } catch (StoreException e) {
      output.progress(e.getMessage() + "; history lacks how it ended");
    }
  }

  private String destinationsNow() {
    try (ForceSession session = cluster.openForceSession()) {
      return BackupDestinations.read(session).areEmpty()
          ? "both destinations are empty now, as the forced end leaves them"
          : "backup_dest or backup_backup_dest is not empty: the forced end shows no effect there,"
              + " or they have been set again";
    } catch (ForceRefusedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void show(String title, List<String> lines) {
    output.result(title);
    lines.forEach(line -> output.result("  " + line));
  }

  private void progressOnce(String words) {
    if (!words.equals(lastProgress)) {
      lastProgress = words;
      output.progress(words);
    }
  }

  /** Returns the time that has passed, as an instant: no clock that is set hastens a step. */
  private TimelineInstant elapsed() {
    return timeline.now();
  }

  private boolean isTimeUp() {
    return !elapsed().isBefore(TimelineInstant.MIN.plus(order.timeout()));
  }
}
