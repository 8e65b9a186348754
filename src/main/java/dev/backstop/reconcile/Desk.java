package dev.backstop.reconcile;

import dev.backstop.plan.Planner;
import dev.backstop.plan.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds what every cycle works with, the same for all clusters. */
final class Desk {

  private final Planner planner;
  private final Actor actor;
  private final Store store;
  private final Targets targets;
  private final SteadyClock clock;
  private final CycleListener listener;
  private final Map<String, String> lastRefusal = new ConcurrentHashMap<>();

  Desk(
      Planner planner,
      Actor actor,
      Store store,
      Targets targets,
      SteadyClock clock,
      CycleListener listener) {
    this.planner = planner;
    this.actor = actor;
    this.store = store;
    this.targets = targets;
    this.clock = clock;
    this.listener = listener;
  }

  Actor actor() {
    return actor;
  }

  Store store() {
    return store;
  }

  Targets targets() {
    return targets;
  }

  SteadyClock clock() {
    return clock;
  }

  CycleListener listener() {
    return listener;
  }

  Planner planner() {
    return planner;
  }

  boolean isStoreLost() {
    return store.isLost();
  }

  void told(HistoryEntry entry) {
    listener.told(entry);
  }

  /** Tells of a refused permit once for each new cause, not at every try. */
  void noteRefusal(String cluster, Statement statement, String why, Instant at) {
    if (why.equals(lastRefusal.put(cluster + " " + statement, why))) {
      return;
    }
    HistoryEntry entry =
        HistoryEntry.of(at, actor, cluster, statement.kind(), Event.PERMIT_REFUSED, why);
    store.tell(List.of(entry));
    listener.told(entry);
  }
}
