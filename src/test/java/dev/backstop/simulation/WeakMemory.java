package dev.backstop.simulation;

import dev.backstop.observation.Kind;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Contention;
import dev.backstop.plan.LastLook;
import dev.backstop.plan.QuietPeriod;
import dev.backstop.plan.StopPhase;
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
      LastLook look = before.lastLook();
      record =
          record.with(
              kind,
              new StopRecord(
                  before.sent(),
                  lacksLook ? provenByOneLook(before.phase()) : before.phase(),
                  lacksReturns ? Contention.NONE : before.contention(),
                  before.policies(),
                  before.refusedFor(),
                  before.leftoverStops(),
                  lacksLatest && look != null
                      ? new LastLook(TimelineInstant.MIN, look.rows(), look.rowsSince())
                      : look,
                  before.shown()));
    }
    return new StoredState(record, loaded.disarming(), loaded.registry());
  }

  private static StopPhase provenByOneLook(StopPhase phase) {
    return phase
        .quietPeriod()
        .filter(quiet -> quiet.since().equals(quiet.until()))
        .map(quiet -> new QuietPeriod(quiet.since().minus(QuietPeriod.SECOND_LOOK), quiet.until()))
        .map(phase::quietSeen)
        .orElse(phase);
  }
}
