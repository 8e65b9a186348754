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
 * @param attempts the memory brought up to this look
 * @param provenAfter from the first statement of the stop that this look proves to this look; null
 *     where it proves none
 * @param returned whether this look shows that something came back
 */
public record OutcomeTracker(
    StopRecord attempts, @Nullable Duration provenAfter, boolean returned) {

  /** No single gap between two looks counts for more: the daemon may have been down. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

  /** Judges one kind. */
  public static OutcomeTracker of(PlanInput situation, Kind kind) {
    return new Judge(situation, kind).judge();
  }

  private static final class Judge {
    private final PlanInput situation;
    private final Kind kind;
    private final TimelineInstant at;
    private final List<KnownPolicy> policies;
    private final PolicyFingerprints fingerprints;
    private final List<JobVerdict> standings;
    private final StopRecord.Change change;
    private @Nullable Duration provenAfter;
    private boolean returned;

    Judge(PlanInput situation, Kind kind) {
      this.situation = situation;
      this.kind = kind;
      this.at = situation.lookedAt();
      this.policies = situation.policies(kind);
      this.fingerprints = PolicyFingerprints.of(policies);
      this.standings = situation.standings(kind);
      this.change = situation.memory().attempts(kind).change();
    }

    OutcomeTracker judge() {
      noticeUnanswered();
      noticeEdits();
      if (ObservationChecks.veto(situation, kind).isPresent()) {
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
        if (!standings.isEmpty() && standings.stream().noneMatch(JobVerdict::isUnwelcome)) {
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

    /** Tells whether a policy that forbids what runs was edited, or any where nothing does. */
    private boolean isEdited(PolicyFingerprints before) {
      Set<String> forbidding =
          standings.stream()
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
          || situation.memory().attempts(kind).state() != State.STOPPED) {
        change.quiet = QuietPeriod.NONE;
      }
    }

    private boolean mayForbid(KnownPolicy known) {
      return situation.wanted().mayAct() && known.policy().mode() == Mode.ENFORCE && forbids(known);
    }

    private boolean forbids(KnownPolicy known) {
      return !known.presence().hasFile() || known.policy().wish(kind) == Desired.OFF;
    }

    /** Tells whether on is said of all that it covers: one on wins against any off. */
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
          RequiredStatement.of(kind, JobVerdict.jobs(standings))
              .map(RequiredStatement::fingerprint)
              .orElse("");
      if (!rows.equals(change.rows) || change.rowsSince == null) {
        change.rows = rows;
        change.rowsSince = at;
      }
      if (situation.observation().rowsLeftBehind().isEmpty()) {
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
            situation.observation().sets().stream()
                .anyMatch(job -> job.jobId() > sent.highestJob());
        case BACKUPPIECE ->
            situation.observation().pieces().stream()
                .noneMatch(job -> job.jobId() == sent.lowestJob());
        // No progress that would let STOP be repeated, but the archive must be seen off before it
        // can be seen back.
        case ARCHIVELOG -> Boolean.FALSE.equals(situation.observation().flag());
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
              || (sent.progressed() && Boolean.TRUE.equals(situation.observation().flag()));
      return isBack
          && standingsOf(object)
              .filter(JobVerdict::isUnwelcome)
              .map(JobVerdict::job)
              .anyMatch(job -> object == JobObject.ARCHIVELOG || job.jobId() > sent.highestJob());
    }

    private Stream<JobVerdict> standingsOf(JobObject object) {
      return standings.stream().filter(one -> one.job().object() == object);
    }

    private void noticeQuiet() {
      if (standings.stream().anyMatch(JobVerdict::isUnwelcome)) {
        change.quiet = QuietPeriod.NONE;
        return;
      }
      change.quiet = change.quiet.seen(at, situation, kind);
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

    /** Tells whether what was to stop still runs, or runs again, because it is permitted by now. */
    private boolean isPermitted(SentStatement sent) {
      JobObject object = sent.statement().object();
      return standingsOf(object)
          .map(JobVerdict::job)
          .anyMatch(job -> object == JobObject.ARCHIVELOG || job.jobId() <= sent.highestJob());
    }

    private void countWaiting() {
      boolean isHeld =
          !situation.restrictions().disarmed().isEmpty()
              || situation.restrictions().storeUnreadable()
              || standings.stream()
                  .anyMatch(
                      one ->
                          one.isRestrainedBy(Suspension.HELD)
                              || one.isRestrainedBy(Suspension.BUDGET));
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
