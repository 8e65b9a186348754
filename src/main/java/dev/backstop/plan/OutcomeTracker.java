package dev.backstop.plan;

import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.policy.Desired;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the record of a kind up to an observation: progress, proof and return of what was sent.
 *
 * @param stopRecord the record brought up to this look
 * @param provenAfter from the first statement of the stop that this look proves to this look; null
 *     where it proves none
 * @param returned whether this look shows that something came back
 */
public record OutcomeTracker(
    StopRecord stopRecord, @Nullable Duration provenAfter, boolean returned) {

  /** No single gap between two looks counts for more: the daemon may have been down. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

  /** Judges one kind. */
  public static OutcomeTracker of(PlanInput input, Kind kind) {
    return new Judge(input, kind).judge();
  }

  private static final class Judge {
    private final PlanInput input;
    private final Kind kind;
    private final TimelineInstant at;
    private final List<KnownPolicy> policies;
    private final PolicyFingerprints fingerprints;
    private final List<JobVerdict> verdicts;
    private final StopRecord.Change change;
    private @Nullable Duration provenAfter;
    private boolean returned;

    Judge(PlanInput input, Kind kind) {
      this.input = input;
      this.kind = kind;
      this.at = input.lookedAt();
      this.policies = input.policies(kind);
      this.fingerprints = PolicyFingerprints.of(policies);
      this.verdicts = input.verdicts(kind);
      this.change = input.record().stopRecord(kind).change();
    }

    OutcomeTracker judge() {
      noticeUnanswered();
      noticeEdits();
      if (ObservationChecks.veto(input, kind).isPresent()) {
        change.waitingAt = null;
        change.quiet = QuietPeriod.NONE;
        return new OutcomeTracker(change.done(), null, false);
      }
      change.lookedAt = at;
      noticeRows();
      noticeProgress();
      noticeReturns();
      change.contest = change.contest.at(at);
      noticeQuiet();
      countWaiting();
      return new OutcomeTracker(change.done(), provenAfter, returned);
    }

    /** Whoever was to send died: the server may have had the statement at any time until now. */
    private void noticeUnanswered() {
      change.sent.replaceAll(
          (object, sent) ->
              sent.result() == SentStatement.Result.OPEN
                  ? sent.answered(SentStatement.Result.UNKNOWN, "its answer was lost", at)
                  : sent);
    }

    private void noticeEdits() {
      if (!fingerprints.equals(change.policies)) {
        if (isEdited(change.policies)) {
          change.contest = Contention.NONE;
        }
        change.policies = fingerprints;
        change.refusedFor = "";
        restartQuiet();
        if (!verdicts.isEmpty() && verdicts.stream().noneMatch(JobVerdict::isUnwelcome)) {
          change.abandonStop();
        }
      }
      if (policies.stream().noneMatch(known -> forbids(known) && !isOutweighed(known))) {
        // An edit to on ends a stop without proof, and what starts while it is on is no return.
        change.abandonStop();
      } else if (policies.stream().noneMatch(this::mayForbid)) {
        // Who only observes ends the stop, but what comes back meanwhile has come back.
        change.endStop();
      }
    }

    /** Returns whether a policy that forbids what runs was edited, or any where nothing does. */
    private boolean isEdited(PolicyFingerprints before) {
      Set<String> forbidding =
          verdicts.stream()
              .filter(JobVerdict::isUnwelcome)
              .flatMap(job -> job.policies().stream())
              .collect(Collectors.toSet());
      return fingerprints.areEditedSince(before, forbidding);
    }

    /**
     * What was quiet because it was permitted, or before a deletion counted, proves nothing now.
     */
    private void restartQuiet() {
      if (fingerprints.includeDeletion()
          || input.record().stopRecord(kind).state() != State.STOPPED) {
        change.quiet = QuietPeriod.NONE;
      }
    }

    private boolean mayForbid(KnownPolicy known) {
      return input.desired().mayAct() && known.policy().mode() == Mode.ENFORCE && forbids(known);
    }

    private boolean forbids(KnownPolicy known) {
      return !known.presence().hasFile() || known.policy().desired(kind) == Desired.OFF;
    }

    /** Returns whether on is said of all that it covers: one on wins against any off. */
    private boolean isOutweighed(KnownPolicy known) {
      return known
          .policy()
          .coverage()
          .isWithin(
              policies.stream()
                  .filter(other -> other.permits(kind))
                  .map(other -> other.policy().coverage())
                  .toList());
    }

    private void noticeRows() {
      String rows =
          RequiredStatement.of(kind, JobVerdict.jobs(verdicts))
              .map(RequiredStatement::fingerprint)
              .orElse("");
      if (!rows.equals(change.rows) || change.rowsSince == null) {
        change.rows = rows;
        change.rowsSince = at;
      }
      if (input.observation().rowsLeftBehind().isEmpty()) {
        change.leftoverStops = 0;
      }
    }

    private void noticeProgress() {
      for (Map.Entry<JobObject, SentStatement> entry : change.sent.entrySet()) {
        if (!entry.getValue().progressed() && hasProgressed(entry.getValue())) {
          entry.setValue(entry.getValue().withProgress());
          if (entry.getKey() != JobObject.ARCHIVELOG) {
            change.waited = Duration.ZERO;
          }
        }
      }
    }

    private boolean hasProgressed(SentStatement sent) {
      // What never left moved nothing, whatever has moved since the one before.
      if (sent.result() == SentStatement.Result.NOT_SENT
          && sent.statement() != Statement.STOP_ARCHIVELOG) {
        return false;
      }
      return switch (sent.statement().object()) {
        case BACKUPSET ->
            input.observation().sets().stream().anyMatch(job -> job.jobId() > sent.highestJob());
        case BACKUPPIECE ->
            input.observation().pieces().stream().noneMatch(job -> job.jobId() == sent.lowestJob());
        // No progress that would let STOP be repeated, but the archive must be seen off before it
        // can be seen back.
        case ARCHIVELOG -> Boolean.FALSE.equals(input.observation().flag());
      };
    }

    private void noticeReturns() {
      for (Map.Entry<JobObject, SentStatement> entry : change.sent.entrySet()) {
        if (!entry.getValue().returned() && hasReturned(entry.getValue())) {
          entry.setValue(entry.getValue().withReturn());
          change.contest = change.contest.withReturn(at);
          returned = true;
        }
      }
    }

    private boolean hasReturned(SentStatement sent) {
      JobObject object = sent.statement().object();
      boolean isBack =
          object != JobObject.ARCHIVELOG
              || (sent.progressed() && Boolean.TRUE.equals(input.observation().flag()));
      return isBack
          && verdictsOf(object)
              .filter(JobVerdict::isUnwelcome)
              .map(JobVerdict::job)
              .anyMatch(job -> object == JobObject.ARCHIVELOG || job.jobId() > sent.highestJob());
    }

    private Stream<JobVerdict> verdictsOf(JobObject object) {
      return verdicts.stream().filter(one -> one.job().object() == object);
    }

    private void noticeQuiet() {
      if (verdicts.stream().anyMatch(JobVerdict::isUnwelcome)) {
        change.quiet = QuietPeriod.NONE;
        return;
      }
      change.quiet = change.quiet.seen(at, input, kind);
      if (!change.quiet.isProof()) {
        return;
      }
      if (change.stopBegan != null) {
        if (change.sent.values().stream().anyMatch(sent -> !sent.proven() && !isPermitted(sent))) {
          provenAfter = change.stopBegan.until(at);
        }
        change.endStop();
        change.sent.replaceAll(
            (object, sent) -> isPermitted(sent) ? sent.withReturn() : sent.withProof());
      }
      change.refusedFor = "";
    }

    /**
     * Returns whether what was to stop still runs, or runs again, because it is permitted by now.
     */
    private boolean isPermitted(SentStatement sent) {
      JobObject object = sent.statement().object();
      return verdictsOf(object)
          .map(JobVerdict::job)
          .anyMatch(job -> object == JobObject.ARCHIVELOG || job.jobId() <= sent.highestJob());
    }

    private void countWaiting() {
      boolean isHeld =
          !input.restrictions().disarmed().isEmpty()
              || input.restrictions().storeUnreadable()
              || verdicts.stream()
                  .anyMatch(
                      one ->
                          one.isSuspendedBy(Suspension.HELD)
                              || one.isSuspendedBy(Suspension.BUDGET));
      if (change.stopBegan == null || !change.quiet.equals(QuietPeriod.NONE) || isHeld) {
        change.waitingAt = null;
        return;
      }
      TimelineInstant before = change.waitingAt == null ? at : change.waitingAt;
      if (at.isAfter(before)) {
        Duration gap = before.until(at);
        change.waited = change.waited.plus(gap.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : gap);
      }
      change.waitingAt = at;
    }
  }
}
