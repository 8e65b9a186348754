package dev.backstop.simulation;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Attempts;
import dev.backstop.plan.ClusterMemory;
import dev.backstop.plan.Contest;
import dev.backstop.reconcile.Recall;
import java.time.Instant;

/** Forgets a part of what is remembered of a cluster. */
final class WeakMemory {

  private WeakMemory() {}

  static Recall of(Recall recall, Omission omission) {
    boolean lacksLook = omission.lacks(Omission.Habit.SECOND_LOOK);
    boolean lacksReturns = omission.lacks(Omission.Habit.RETURNS);
    boolean lacksLatest = omission.lacks(Omission.Habit.LATEST_LOOK);
    if (!lacksLook && !lacksReturns && !lacksLatest) {
      return recall;
    }
    ClusterMemory memory = recall.memory();
    for (Kind kind : Kind.values()) {
      Attempts before = memory.attempts(kind);
      Instant quiet = before.quietSince();
      if (lacksLook && quiet != null && quiet.equals(before.quietAt())) {
        quiet = quiet.minus(Attempts.SECOND_LOOK);
      }
      memory =
          memory.with(
              kind,
              new Attempts(
                  before.sent(),
                  lacksLatest ? null : before.lookedAt(),
                  before.rows(),
                  before.rowsSince(),
                  before.stopBegan(),
                  before.waited(),
                  before.waitingAt(),
                  quiet,
                  before.quietAt(),
                  lacksReturns ? Contest.NONE : before.contest(),
                  before.wishes(),
                  before.refusedFor(),
                  before.leftoverStops(),
                  before.state(),
                  before.stateSince()));
    }
    return new Recall(memory, recall.disarming(), recall.book());
  }
}
