package dev.backstop.simulation;

import dev.backstop.observation.Kind;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Contention;
import dev.backstop.plan.StopRecord;
import dev.backstop.state.StoredState;
import dev.backstop.timeline.TimelineInstant;

/** Forgets a part of what is remembered of a cluster. */
final class WeakMemory {

  private WeakMemory() {}

  static StoredState of(StoredState loaded, Omission omission) {
    boolean lacksLook = omission.lacks(Omission.Habit.SECOND_LOOK);
    boolean lacksReturns = omission.lacks(Omission.Habit.RETURNS);
    boolean lacksLatest = omission.lacks(Omission.Habit.LATEST_LOOK);
    if (!lacksLook && !lacksReturns && !lacksLatest) {
      return loaded;
    }
    ClusterRecord record = loaded.record();
    for (Kind kind : Kind.values()) {
      StopRecord before = record.stopRecord(kind);
      TimelineInstant quiet = before.quietSince();
      if (lacksLook && quiet != null && quiet.equals(before.quietAt())) {
        quiet = quiet.minus(StopRecord.SECOND_LOOK);
      }
      record =
          record.with(
              kind,
              new StopRecord(
                  before.sent(),
                  lacksLatest ? null : before.lookedAt(),
                  before.rows(),
                  before.rowsSince(),
                  before.stopBegan(),
                  before.waited(),
                  before.waitingAt(),
                  quiet,
                  before.quietAt(),
                  lacksReturns ? Contention.NONE : before.contest(),
                  before.policies(),
                  before.refusedFor(),
                  before.leftoverStops(),
                  before.state(),
                  before.stateSince()));
    }
    return new StoredState(record, loaded.disarming(), loaded.registry());
  }
}
