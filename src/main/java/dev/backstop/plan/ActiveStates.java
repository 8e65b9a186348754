package dev.backstop.plan;

import dev.backstop.text.Durations;
import dev.backstop.text.Times;
import java.util.List;
import java.util.Optional;

/** Computes state and reason of a kind while something forbidden still runs. */
final class ActiveStates {

  private static final String CAUSE = "likely an OCP strategy or a cron job starts it again";

  private ActiveStates() {}

  static State state(KindInput kind) {
    if (kind.stopRecord().contention().isOn()) {
      return State.CONTESTED;
    }
    if (PaceGuards.isRefused(kind)) {
      return State.REFUSED;
    }
    if (PaceGuards.isOverdue(kind)) {
      return State.NOT_VERIFIED;
    }
    return kind.stopRecord().isStopOutstanding() ? State.STOPPING : State.DRIFTED;
  }

  /** Explains the state; {@code next} says when the next statement goes, and why not now. */
  static Reason reason(KindInput kind, Reason next) {
    List<JobVerdict> forbidden = kind.jobs(JobVerdict::isForbidden);
    String runs =
        KindInput.run(forbidden)
            + ", forbidden by "
            + KindInput.policies(forbidden)
            + LimitStates.breachWords(forbidden);
    String tail = "; " + next.words();
    return switch (state(kind)) {
      case CONTESTED -> contested(kind, runs, tail);
      case REFUSED -> refused(kind, runs, tail);
      case NOT_VERIFIED -> notVerified(kind, runs, tail);
      case STOPPING ->
          Reason.of(stoppingCode(kind, next), runs + "; " + lastSent(kind) + back(kind) + tail);
      case DRIFTED ->
          Reason.of(driftedCode(forbidden, next), runs + back(kind) + notSent(kind) + tail);
      case UNMANAGED,
          WRONG_CLUSTER,
          UNSUPPORTED,
          UNKNOWN,
          DISARMED,
          HELD,
          BLOCKED,
          WOULD_STOP,
          PERMITTED,
          STOPPED ->
          throw new IllegalStateException("a stop is never " + state(kind));
    };
  }

  private static Reason contested(KindInput kind, String runs, String tail) {
    return new Reason(
        ReasonCode.RETURNED_TOO_OFTEN,
        "%s; it came back %s times, %s%s"
            .formatted(runs, kind.stopRecord().contention().count(), CAUSE, tail),
        "switch that off too, or edit the policy");
  }

  private static Reason refused(KindInput kind, String runs, String tail) {
    return new Reason(
        ReasonCode.SERVER_REFUSED,
        runs + "; the server refused: " + lastWords(kind) + tail,
        "mend what the server names; backstop doctor -c %s shows privileges"
            .formatted(kind.cluster()));
  }

  private static Reason notVerified(KindInput kind, String runs, String tail) {
    return new Reason(
        ReasonCode.NOT_PROVEN_IN_TIME,
        "%s; %s, and nothing has moved for %s%s"
            .formatted(runs, lastSent(kind), Durations.brief(kind.stopRecord().waited()), tail),
        "look at the server: a hung cancel needs its storage back; the last resort is shown by"
            + " backstop cancel-all-backup-force "
            + kind.cluster());
  }

  private static String back(KindInput kind) {
    int count = kind.stopRecord().contention().count();
    return count == 0 ? "" : "; it came back after a stop, " + CAUSE;
  }

  /** Names the limit that forbids all, where nothing but the statement is due. */
  private static ReasonCode driftedCode(List<JobVerdict> forbidden, Reason next) {
    boolean isByLimit = forbidden.stream().noneMatch(job -> job.breaches().isEmpty());
    return next.code() == ReasonCode.DUE_NOW && isByLimit && !forbidden.isEmpty()
        ? forbidden.get(0).breaches().get(0).limit().code()
        : next.code();
  }

  private static ReasonCode stoppingCode(KindInput kind, Reason next) {
    if (next.code() == ReasonCode.DUE_NOW || next.code() == ReasonCode.ENDING) {
      return next.code();
    }
    boolean isUnknown =
        kind.stopRecord()
            .lastSent()
            .filter(sent -> sent.result() == SentStatement.Result.UNKNOWN)
            .isPresent();
    return isUnknown ? ReasonCode.OUTCOME_UNKNOWN : ReasonCode.SENT;
  }

  private static String lastWords(KindInput kind) {
    return kind.stopRecord().lastSent().map(SentStatement::words).orElse("");
  }

  private static String lastSent(KindInput kind) {
    Optional<SentStatement> last = kind.stopRecord().lastSent();
    return last.map(
            sent ->
                sent.statement().sql()
                    + " sent at "
                    + Times.utc(kind.wallTimeOf(sent.at()))
                    + ", "
                    + outcome(sent))
        .orElse("nothing sent yet");
  }

  /** Returns the outcome of a statement that was due but never left. */
  private static String notSent(KindInput kind) {
    return kind.stopRecord()
        .lastSent()
        .filter(sent -> sent.result() == SentStatement.Result.NOT_SENT)
        .map(sent -> "; " + outcome(sent))
        .orElse("");
  }

  private static String outcome(SentStatement sent) {
    return switch (sent.result()) {
      case OPEN -> "no answer recorded";
      case ACCEPTED -> "accepted, which is no proof";
      case REFUSED -> "refused: " + sent.words();
      case RACE -> "overtaken by another change: " + sent.words();
      case UNKNOWN -> "outcome unknown: " + sent.words();
      case NOT_SENT -> "not sent: " + sent.words();
    };
  }
}
