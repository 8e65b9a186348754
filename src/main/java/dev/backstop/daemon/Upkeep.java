package dev.backstop.daemon;

import dev.backstop.config.Settings;
import dev.backstop.listener.LogListener;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the periodic work beside looks: published values, checks of the store, trimming. */
final class Upkeep {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration TRIM_INTERVAL = Duration.ofHours(1);

  private final ActiveLoop active;
  private final StatusPublisher publisher;
  private final StoreMonitor monitor;
  private final Consumer<StoreMonitor.Change> onStoreChange;
  private final Clock clock;
  private final DecisionLog decisions = new DecisionLog(new LogListener());
  private boolean hasStoreFailed;
  private long trimAt = System.nanoTime();

  Upkeep(
      ActiveLoop active,
      StatusPublisher publisher,
      StoreMonitor monitor,
      Consumer<StoreMonitor.Change> onStoreChange,
      Clock clock) {
    this.active = active;
    this.publisher = publisher;
    this.monitor = monitor;
    this.onStoreChange = onStoreChange;
    this.clock = clock;
  }

  /** Runs one turn and returns how long the next may wait. */
  Duration run() {
    refresh();
    monitor
        .check(active.store(), hasStoreFailed)
        .ifPresent(
            change -> {
              hasStoreFailed = false;
              onStoreChange.accept(change);
            });
    if (System.nanoTime() - trimAt >= 0 && trim()) {
      trimAt = System.nanoTime() + TRIM_INTERVAL.toNanos();
    }
    return INTERVAL;
  }

  private void refresh() {
    try {
      publisher.refresh(active.store(), active.policies(), clock.instant());
      decisions.update(active.store(), clock.instant());
      hasStoreFailed = false;
    } catch (StoreException e) {
      // The next cycle reports it.
      LOG.debug("the store could not be read for the published values", e);
      hasStoreFailed = true;
    }
  }

  /** Trims a part of history; returns whether all is done for now. */
  private boolean trim() {
    Settings settings = active.settings();
    StateStore store = active.store();
    try {
      Instant oldest = clock.instant().minus(settings.history().maxAge());
      if (!store.trimHistory(oldest, settings.history().maxSizeBytes())) {
        return false;
      }
      Set<String> named = new HashSet<>(active.policies().clusters());
      named.addAll(settings.clusterNames());
      for (ClusterRecord record : store.records()) {
        String cluster = record.cluster();
        if (!named.contains(cluster)) {
          store.dropCluster(cluster);
        }
      }
    } catch (StoreException e) {
      LOG.debug("history could not be trimmed", e);
    }
    return true;
  }
}
