package dev.backstop.simulation;

import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Judges by the true time whether a statement waited as long as it must. */
final class PaceRules {

  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration RARELY = Duration.ofMinutes(10);
  private static final int[] CONTEST_MINUTES = {5, 10, 20, 40, 60};
  private static final int CONTESTED = 3;

  private final StopRules stopRules;
  private final ExpectedPolicies.Judge judge;

  PaceRules(StopRules stopRules, ExpectedPolicies.Judge judge) {
    this.stopRules = stopRules;
    this.judge = judge;
  }

  /** Says what a statement did not wait for; empty where nothing was to be waited for. */
  String objection(
      String cluster, Statement statement, ObservedKind observed, Instant editedAt, Instant now) {
    TrueState seen = observed.last();
    if (seen.isEnding(statement)) {
      Instant since = sameSince(statement, observed);
      if (isWithin(since, MINUTE, now)) {
        return "at rows on their way out that moved at " + since;
      }
    }
    // Who can't know how long ago a return was may take it for older than the day that counts.
    List<Instant> returns =
        observed.sureReturns(editedAt, now).stream().filter(at -> !judge.excuses(at)).toList();
    if (returns.size() >= CONTESTED) {
      Instant last = returns.get(returns.size() - 1);
      int step = Math.min(returns.size() - CONTESTED, CONTEST_MINUTES.length - 1);
      if (isWithin(last, Duration.ofMinutes(CONTEST_MINUTES[step]), now)) {
        return "only " + Duration.between(last, now) + " after return " + returns.size();
      }
    }
    ObservedKind.Past past = observed.past(statement);
    if (past == null || !isWithin(past.at(), RARELY, now)) {
      return "";
    }
    return tooSoon(cluster, statement, observed, past, editedAt, now);
  }

  private String tooSoon(
      String cluster,
      Statement statement,
      ObservedKind observed,
      ObservedKind.Past past,
      Instant editedAt,
      Instant now) {
    List<TrueState> since =
        observed.looks().stream().filter(one -> one.at().isAfter(past.seen().at())).toList();
    if (hasProgressed(statement, past.seen(), since) || isProven(cluster, observed, since)) {
      return "";
    }
    String again = "again after " + Duration.between(past.at(), now);
    if (isWithin(past.at(), MINUTE, now)) {
      return again;
    }
    // A file that is back is a change, though it has not settled.
    if (observed.isRefused(statement, observed.last(), editedAt)
        && !stopRules.isComingBack(cluster)) {
      return again + ", although it was refused for good and nothing has changed";
    }
    boolean isOverdue =
        observed.shown() == State.NOT_VERIFIED
            && observed.shownAt().isAfter(editedAt)
            && since.stream().allMatch(one -> one.runs(observed.isData()));
    return isOverdue ? again + ", although it is NOT_VERIFIED" : "";
  }

  private boolean isWithin(Instant since, Duration wait, Instant now) {
    return now.isBefore(since.plus(wait)) && !judge.excuses(since);
  }

  private static Instant sameSince(Statement statement, ObservedKind observed) {
    TrueState seen = observed.last();
    Instant since = seen.began();
    for (int i = observed.looks().size() - 1; i >= 0; i--) {
      TrueState one = observed.looks().get(i);
      if (!one.hasSameTarget(statement, seen)) {
        break;
      }
      since = one.began();
    }
    return since;
  }

  private static boolean hasProgressed(
      Statement statement, TrueState before, List<TrueState> since) {
    return switch (statement) {
      case CANCEL_BACKUPSET ->
          since.stream().anyMatch(one -> one.highest(statement) > before.highest(statement));
      case CANCEL_BACKUPPIECE ->
          since.stream().anyMatch(one -> !one.ids(statement).contains(before.lowest(statement)));
      case STOP_ARCHIVELOG -> false;
    };
  }

  private boolean isProven(String cluster, ObservedKind observed, List<TrueState> since) {
    Instant quiet = null;
    for (TrueState one : since) {
      if (stopRules.mustStop(cluster, observed.isData(), one)) {
        quiet = null;
      } else if (quiet == null) {
        quiet = one.began();
      } else if (!one.began().isBefore(quiet.plus(ObservedKind.SECOND_LOOK))) {
        return true;
      }
    }
    return false;
  }
}
