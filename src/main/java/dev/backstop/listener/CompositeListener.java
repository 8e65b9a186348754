package dev.backstop.listener;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.PlanInput;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each event to several listeners, in order. That the store can be written again is passed
 * on once nothing has failed for some seconds: on a disk that is almost full some writes succeed
 * and others do not.
 */
public final class CompositeListener implements ReconcileListener {

  private static final Duration RECOVERY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(CompositeListener.class);

  private final List<ReconcileListener> listeners;
  private final LongSupplier nanos;
  private boolean isFailing;
  private long failedAt;

  CompositeListener(List<ReconcileListener> listeners, LongSupplier nanos) {
    this.listeners = List.copyOf(listeners);
    this.nanos = nanos;
  }

  /** Returns a listener that passes each event to all of these. */
  public static CompositeListener of(ReconcileListener... listeners) {
    return new CompositeListener(List.of(listeners), System::nanoTime);
  }

  /** A listener that fails keeps neither the others nor the cycle from going on. */
  private void each(Consumer<ReconcileListener> event) {
    for (ReconcileListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("a listener failed by a fault of Backstop; please report it", e);
      }
    }
  }

  @Override
  public void onLook(String cluster, Observation seen) {
    each(listener -> listener.onLook(cluster, seen));
  }

  @Override
  public void onDesiredState(String cluster, PlanInput.DesiredState desired) {
    each(listener -> listener.onDesiredState(cluster, desired));
  }

  @Override
  public void onCycleEnd(Report report, Duration took, Duration late) {
    each(listener -> listener.onCycleEnd(report, took, late));
  }

  @Override
  public void onUnchangedLook(Report report, Duration took, Duration late) {
    each(listener -> listener.onUnchangedLook(report, took, late));
  }

  @Override
  public void onCycleFailure(String cluster, String words) {
    each(listener -> listener.onCycleFailure(cluster, words));
  }

  @Override
  public void onStatementEnd(Permit permit, Outcome outcome) {
    each(listener -> listener.onStatementEnd(permit, outcome));
  }

  @Override
  public void onHistoryEntry(HistoryEntry entry) {
    each(listener -> listener.onHistoryEntry(entry));
  }

  @Override
  public void onStopProven(String cluster, Kind kind, Duration took) {
    each(listener -> listener.onStopProven(cluster, kind, took));
  }

  @Override
  public void onJobReturn(String cluster, Kind kind) {
    each(listener -> listener.onJobReturn(cluster, kind));
  }

  @Override
  public void onFolderScan(PolicyRegistry registry, boolean directoryTrusted, Instant at) {
    each(listener -> listener.onFolderScan(registry, directoryTrusted, at));
  }

  @Override
  public void onUnreadEntries(List<UnreadEntry> entries) {
    each(listener -> listener.onUnreadEntries(entries));
  }

  @Override
  public synchronized void onStoreWritable(boolean writable) {
    long now = nanos.getAsLong();
    if (!writable) {
      isFailing = true;
      failedAt = now;
    } else if (isFailing && now - failedAt < RECOVERY.toNanos()) {
      return;
    }
    isFailing = !writable;
    each(listener -> listener.onStoreWritable(writable));
  }
}
