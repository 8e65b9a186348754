package dev.backstop.plan;

import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the record of a kind up to an observation: edits, progress, returns and proof.
 *
 * @param stopRecord the record brought up to this look
 * @param provenAfter from the first statement of the stop that this look proves to this look; null
 *     where it proves none
 * @param returned whether this look shows that something came back
 */
public record OutcomeTracker(
    StopRecord stopRecord, @Nullable Duration provenAfter, boolean returned) {

  /** Brings the record of one kind up to the look of an input. */
  public static OutcomeTracker of(PlanInput input, Kind kind) {
    KindInput seen = KindInput.of(input, kind);
    StopRecord before = PolicyEdits.applied(seen, withAnswers(seen.stopRecord(), seen.lookedAt()));
    if (ObservationChecks.veto(input, kind).isPresent()) {
      return new OutcomeTracker(before.with(before.phase().unseen()), null, false);
    }
    StopRecord moved = withProgress(seen, withRows(seen, before));
    return seen.hasUnwelcome() ? running(seen, moved) : quiet(seen, moved);
  }

  /** Whoever was to send died: the server may have had the statement at any time until now. */
  private static StopRecord withAnswers(StopRecord stop, TimelineInstant at) {
    return stop.withEach(
        sent ->
            sent.result() == SentStatement.Result.OPEN
                ? sent.answered(SentStatement.Result.UNKNOWN, "its answer was lost", at)
                : sent);
  }

  private static StopRecord withRows(KindInput seen, StopRecord stop) {
    TimelineInstant at = seen.lookedAt();
    String rows = seen.required().map(RequiredStatement::fingerprint).orElse("");
    TimelineInstant since =
        Optional.ofNullable(stop.lastLook())
            .filter(last -> last.rows().equals(rows))
            .map(LastLook::rowsSince)
            .orElse(at);
    StopRecord looked = stop.with(new LastLook(at, rows, since));
    return seen.input().observation().rowsLeftBehind().isEmpty()
        ? looked.withLeftoverStops(0)
        : looked;
  }

  private static StopRecord withProgress(KindInput seen, StopRecord stop) {
    Set<JobObject> moved = EnumSet.noneOf(JobObject.class);
    stop.sent()
        .forEach(
            (object, sent) -> {
              if (!sent.progressed() && SentStatementChecks.hasProgressed(seen, sent)) {
                moved.add(object);
              }
            });
    StopRecord progressed =
        stop.withEach(sent -> moved.contains(sent.object()) ? sent.withProgress() : sent);
    moved.remove(JobObject.ARCHIVELOG);
    return moved.isEmpty() ? progressed : progressed.with(stop.phase().progressed());
  }

  /** Something forbidden runs, or would be forbidden but for a suspension. */
  private static OutcomeTracker running(KindInput seen, StopRecord stop) {
    TimelineInstant at = seen.lookedAt();
    Set<JobObject> back = EnumSet.noneOf(JobObject.class);
    Contention contention = stop.contention();
    for (SentStatement sent : stop.sent().values()) {
      if (!sent.returned() && SentStatementChecks.hasReturned(seen, sent)) {
        back.add(sent.object());
        contention = contention.withReturn(at);
      }
    }
    StopRecord judged =
        stop.withEach(sent -> back.contains(sent.object()) ? sent.withReturn() : sent)
            .with(contention.at(at))
            .with(stop.phase().running(at, !isHeld(seen)));
    return new OutcomeTracker(judged, null, !back.isEmpty());
  }

  /** Returns whether a stop waits for a person and not for the server. */
  private static boolean isHeld(KindInput seen) {
    PlanInput.Restrictions restrictions = seen.input().restrictions();
    return !restrictions.disarmed().isEmpty()
        || restrictions.storeUnreadable()
        || !seen.suspendedBy(Suspension.HELD).isEmpty()
        || !seen.suspendedBy(Suspension.BUDGET).isEmpty();
  }

  /** Nothing forbidden runs: nothing can have returned, and a second such look proves a stop. */
  private static OutcomeTracker quiet(KindInput seen, StopRecord stop) {
    TimelineInstant at = seen.lookedAt();
    Optional<QuietPeriod> before =
        stop.phase()
            .quietPeriod()
            .filter(period -> !precedesDeletion(period, seen) && !isClosedSince(seen));
    QuietPeriod period = QuietPeriod.extended(before, at);
    StopRecord judged = stop.with(stop.contention().at(at)).with(stop.phase().quietSeen(period));
    return period.isProof()
        ? proven(seen, judged.withoutRefusal())
        : new OutcomeTracker(judged, null, false);
  }

  /** What was quiet because it was permitted proves nothing once a window has closed. */
  private static boolean isClosedSince(KindInput seen) {
    return seen.stopRecord().isShown(State.PERMITTED)
        && LimitStates.isClosed(seen.input(), seen.kind(), seen.jobs());
  }

  /** Both looks that prove a deletion come after it took effect. */
  private static boolean precedesDeletion(QuietPeriod period, KindInput seen) {
    return seen.policies().stream()
        .flatMap(known -> known.effectiveDeletion().stream())
        .anyMatch(deletion -> deletion.since().isAfter(period.since()));
  }

  /** What is permitted by now did not stop, though nothing forbidden runs. */
  private static OutcomeTracker proven(KindInput seen, StopRecord stop) {
    Optional<TimelineInstant> began = stop.stopBegan();
    if (began.isEmpty()) {
      return new OutcomeTracker(stop, null, false);
    }
    boolean isNews =
        stop.sent().values().stream()
            .anyMatch(sent -> !sent.proven() && !SentStatementChecks.isStillRunning(seen, sent));
    StopRecord ended =
        stop.with(stop.phase().ended())
            .withEach(
                sent ->
                    SentStatementChecks.isStillRunning(seen, sent)
                        ? sent.withReturn()
                        : sent.withProof());
    return new OutcomeTracker(ended, isNews ? began.get().until(seen.lookedAt()) : null, false);
  }
}
