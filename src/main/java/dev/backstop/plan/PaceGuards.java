package dev.backstop.plan;

import dev.backstop.observation.JobObject;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.text.Times;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Checks for guards that end by themselves: a statement waits for its time. */
final class PaceGuards {

  private PaceGuards() {}

  static Optional<Veto> grace(KindInput kind) {
    if (kind.suspendedBy(Suspension.GRACE).isEmpty()) {
      return Optional.empty();
    }
    KnownPolicy pending =
        kind.input().desired().policies().stream()
            .filter(known -> known.pendingDeletion().isPresent())
            .min(Comparator.comparing(PaceGuards::missedSince))
            .orElseThrow();
    Duration grace = kind.input().desired().deletionGrace();
    Instant until = kind.wallTimeOf(missedSince(pending).plus(grace));
    return Optional.of(
        new Veto(
            State.DRIFTED,
            new Reason(
                ReasonCode.DELETION_GRACE,
                "%s; the file of policy %s is gone, which counts from %s"
                    .formatted(KindInput.run(kind.jobs()), pending.name(), Times.utc(until)),
                "put the file back to keep it running"),
            until));
  }

  private static TimelineInstant missedSince(KnownPolicy pending) {
    return pending.pendingDeletion().orElseThrow().since();
  }

  static Optional<Veto> contest(KindInput kind) {
    Contention contention = kind.stopRecord().contention();
    if (!contention.isOn()) {
      return Optional.empty();
    }
    return waiting(
        kind,
        contention.waitsUntil(),
        ReasonCode.RETURNED_TOO_OFTEN,
        until -> "the next stop waits until " + until);
  }

  /** A CANCEL that hits rows on their way out sends them round again: give them time. */
  static Optional<Veto> ending(KindInput kind) {
    LastLook last = kind.stopRecord().lastLook();
    if (last == null || kind.required().filter(RequiredStatement::isEnding).isEmpty()) {
      return Optional.empty();
    }
    TimelineInstant atRest = last.rowsSince().plus(StatementPace.ROWS_AT_REST);
    TimelineInstant next = repeatDue(kind).map(atRest::orLater).orElse(atRest);
    return waiting(
        kind,
        atRest,
        ReasonCode.ENDING,
        until ->
            "it is on its way out; the next statement goes at "
                + Times.utc(kind.wallTimeOf(next))
                + " if nothing moves until then");
  }

  static Optional<Veto> repeat(KindInput kind) {
    return repeatDue(kind)
        .flatMap(
            due ->
                waiting(
                    kind,
                    due,
                    ReasonCode.WAITING_TO_REPEAT,
                    until -> "it is repeated at " + until + " unless something moves before"));
  }

  /** Makes a statement wait until an instant; empty where that has come. */
  private static Optional<Veto> waiting(
      KindInput kind, TimelineInstant until, ReasonCode code, UnaryOperator<String> words) {
    if (!kind.now().isBefore(until)) {
      return Optional.empty();
    }
    Instant shown = kind.wallTimeOf(until);
    return Optional.of(Veto.waiting(code, words.apply(Times.utc(shown)), shown));
  }

  /** Returns from when on the last statement may be repeated; empty where it needs no waiting. */
  private static Optional<TimelineInstant> repeatDue(KindInput kind) {
    return kind.required()
        .flatMap(required -> kind.stopRecord().lastSent(required.statement().object()))
        .filter(last -> !last.proven() && !hasProgressed(last))
        .map(last -> last.at().plus(pace(kind)));
  }

  private static boolean hasProgressed(SentStatement sent) {
    return sent.statement().object() != JobObject.ARCHIVELOG && sent.progressed();
  }

  private static Duration pace(KindInput kind) {
    if (hasLostARaceJustNow(kind)) {
      return StatementPace.AFTER_RACE;
    }
    boolean isRare = isRefused(kind) || isOverdue(kind);
    return isRare ? StatementPace.WITHOUT_SUCCESS : StatementPace.REPEAT;
  }

  /** Returns whether another change came first, in a stop's first minute: later it is none. */
  private static boolean hasLostARaceJustNow(KindInput kind) {
    return kind.stopRecord()
            .stopBegan()
            .filter(began -> kind.now().isBefore(began.plus(StatementPace.REPEAT)))
            .isPresent()
        && kind.required()
            .flatMap(required -> kind.stopRecord().lastSent(required.statement().object()))
            .filter(sent -> sent.result() == SentStatement.Result.RACE)
            .isPresent();
  }

  /** Returns whether the server's refusal still stands: nothing has changed since. */
  static boolean isRefused(KindInput kind) {
    String refusedFor = kind.stopRecord().refusedFor();
    return !refusedFor.isEmpty() && refusedFor.equals(kind.fingerprint());
  }

  /** Returns whether the outstanding stop has taken longer than it may. */
  static boolean isOverdue(KindInput kind) {
    return kind.stopRecord().isStopOutstanding()
        && kind.stopRecord().waited().compareTo(patience(kind)) >= 0;
  }

  /** Returns how long a stop may take: never less than what the server itself needs. */
  static Duration patience(KindInput kind) {
    List<JobVerdict> forbidden = kind.jobs(JobVerdict::isForbidden);
    Duration desired =
        kind.policies().stream()
            .filter(
                known -> forbidden.stream().anyMatch(job -> job.policies().contains(known.name())))
            .map(known -> known.policy().verifyWithin())
            .min(Comparator.naturalOrder())
            .orElse(Duration.ofMinutes(15));
    Duration checkpoint = kind.input().observation().checkpointInterval();
    Duration floor =
        checkpoint == null ? Duration.ZERO : checkpoint.dividedBy(2).plus(Duration.ofMinutes(5));
    return desired.compareTo(floor) < 0 ? floor : desired;
  }
}
