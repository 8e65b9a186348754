package dev.backstop.plan;

import dev.backstop.text.Durations;
import dev.backstop.text.Times;
import java.util.List;
import java.util.Optional;

/** Computes state and reason of a kind while something forbidden still runs. */
final class ActiveStates {

  private ActiveStates() {}

  static State state(KindInput view) {
    if (view.stopRecord().contest().isOn()) {
      return State.CONTESTED;
    }
    if (PaceGuards.isRefused(view)) {
      return State.REFUSED;
    }
    if (PaceGuards.isOverdue(view)) {
      return State.NOT_VERIFIED;
    }
    return view.stopRecord().isStopOutstanding() ? State.STOPPING : State.DRIFTED;
  }

  /** Explains the state; {@code next} says when the next statement goes, and why not now. */
  static Reason reason(KindInput view, Reason next) {
    List<JobVerdict> forbidden = view.jobs(JobVerdict::isForbidden);
    String runs = KindInput.run(forbidden) + ", forbidden by " + KindInput.policies(forbidden);
    String tail = "; " + next.words();
    return switch (state(view)) {
      case CONTESTED ->
          new Reason(
              ReasonCode.RETURNED_TOO_OFTEN,
              "%s; it came back %s times, %s%s"
                  .formatted(runs, view.stopRecord().contest().count(), CAUSE, tail),
              "switch that off too, or edit the policy");
      case REFUSED ->
          new Reason(
              ReasonCode.SERVER_REFUSED,
              runs + "; the server refused: " + lastWords(view) + tail,
              "mend what the server names; backstop doctor -c %s shows privileges"
                  .formatted(view.cluster()));
      case NOT_VERIFIED ->
          new Reason(
              ReasonCode.NOT_PROVEN_IN_TIME,
              "%s; %s, and nothing has moved for %s%s"
                  .formatted(
                      runs, lastSent(view), Durations.brief(view.stopRecord().waited()), tail),
              "look at the server: a hung cancel needs its storage back; the last resort is shown"
                  + " by backstop cancel-all-backup-force "
                  + view.cluster());
      case STOPPING ->
          Reason.of(stoppingCode(view, next), runs + "; " + lastSent(view) + back(view) + tail);
      case DRIFTED -> Reason.of(next.code(), runs + back(view) + notSent(view) + tail);
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
          throw new IllegalStateException("a stop is never " + state(view));
    };
  }

  private static final String CAUSE = "likely an OCP strategy or a cron job starts it again";

  private static String back(KindInput view) {
    int count = view.stopRecord().contest().count();
    return count == 0 ? "" : "; it came back after a stop, " + CAUSE;
  }

  private static ReasonCode stoppingCode(KindInput view, Reason next) {
    if (next.code() == ReasonCode.DUE_NOW || next.code() == ReasonCode.ENDING) {
      return next.code();
    }
    boolean isUnknown =
        view.stopRecord()
            .lastSent()
            .filter(sent -> sent.result() == SentStatement.Result.UNKNOWN)
            .isPresent();
    return isUnknown ? ReasonCode.OUTCOME_UNKNOWN : ReasonCode.SENT;
  }

  private static String lastWords(KindInput view) {
    return view.stopRecord().lastSent().map(SentStatement::words).orElse("");
  }

  private static String lastSent(KindInput view) {
    Optional<SentStatement> last = view.stopRecord().lastSent();
    return last.map(
            sent ->
                sent.statement().sql()
                    + " sent at "
                    + Times.utc(view.wallTimeOf(sent.at()))
                    + ", "
                    + outcome(sent))
        .orElse("nothing sent yet");
  }

  /** Tells of a statement that was due but never left. */
  private static String notSent(KindInput view) {
    return view.stopRecord()
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
