package dev.backstop.daemon;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.PlanInput;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.ReconcileListener;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells several listeners, in order. That the store can be written again is told once nothing has
 * failed for a while: on a disk that is almost full some writes succeed and others do not.
 */
final class Listeners implements ReconcileListener {

  private static final Duration CALM = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<ReconcileListener> all;
  private final LongSupplier nanos;
  private boolean hasFailed;
  private long failedAt;

  /**
   * Takes the listeners.
   *
   * @param nanos the time that has passed since some instant
   */
  Listeners(List<ReconcileListener> all, LongSupplier nanos) {
    this.all = List.copyOf(all);
    this.nanos = nanos;
  }

  static Listeners of(ReconcileListener... all) {
    return new Listeners(List.of(all), System::nanoTime);
  }

  /** A listener that fails keeps neither the others nor the cycle from going on. */
  private void each(Consumer<ReconcileListener> event) {
    for (ReconcileListener one : all) {
      try {
        event.accept(one);
      } catch (RuntimeException e) {
        LOG.error("a listener failed by a fault of Backstop; please report it", e);
      }
    }
  }

  @Override
  public void looked(String cluster, Observation seen) {
    each(one -> one.looked(cluster, seen));
  }

  @Override
  public void judged(String cluster, PlanInput.DesiredState by) {
    each(one -> one.judged(cluster, by));
  }

  @Override
  public void cycled(Report report, Duration took, Duration late) {
    each(one -> one.cycled(report, took, late));
  }

  @Override
  public void failed(String cluster, String words) {
    each(one -> one.failed(cluster, words));
  }

  @Override
  public void sent(Permit permit, Outcome outcome) {
    each(one -> one.sent(permit, outcome));
  }

  @Override
  public void told(HistoryEntry entry) {
    each(one -> one.told(entry));
  }

  @Override
  public void proven(String cluster, Kind kind, Duration took) {
    each(one -> one.proven(cluster, kind, took));
  }

  @Override
  public void returned(String cluster, Kind kind) {
    each(one -> one.returned(cluster, kind));
  }

  @Override
  public void scanned(PolicyRegistry book, boolean directoryTrusted, Instant at) {
    each(one -> one.scanned(book, directoryTrusted, at));
  }

  @Override
  public void ignored(List<UnreadEntry> entries) {
    all.forEach(one -> one.ignored(entries));
  }

  @Override
  public synchronized void storeWritable(boolean writable) {
    long now = nanos.getAsLong();
    if (!writable) {
      hasFailed = true;
      failedAt = now;
    } else if (hasFailed && now - failedAt < CALM.toNanos()) {
      return;
    }
    hasFailed = !writable;
    each(one -> one.storeWritable(writable));
  }
}
