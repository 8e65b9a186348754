package dev.backstop.status;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Thread-safe cache of the last report of each cluster and of the last folder scan. */
public final class LastReports implements ReconcileListener {

  private final ConcurrentSkipListMap<String, Report> reports = new ConcurrentSkipListMap<>();

  private final AtomicLong changes = new AtomicLong();
  private volatile @Nullable Scan scan;
  private volatile @Nullable Boolean writable;
  private volatile List<UnreadEntry> unread = List.of();

  /** Begins with nothing seen. */
  public LastReports() {}

  /** Returns the last report of each cluster, by name. */
  public List<Report> reports() {
    return List.copyOf(reports.values());
  }

  /** Returns the last report of a cluster, if there was one. */
  public Optional<Report> report(String cluster) {
    return Optional.ofNullable(reports.get(cluster));
  }

  /** Returns the known policies as of the last scan; none before the first. */
  public PolicyRegistry policies() {
    Scan last = scan;
    return last == null ? PolicyRegistry.EMPTY : last.policies();
  }

  /** Returns when the folder was last scanned; empty before the first scan. */
  public Optional<Instant> scannedAt() {
    return Optional.ofNullable(scan).map(Scan::at);
  }

  /** Returns whether the folder was trusted at the last scan; false before the first. */
  public boolean isDirectoryTrusted() {
    Scan last = scan;
    return last != null && last.directoryTrusted();
  }

  /** Returns whether the last write to the store succeeded; empty before the first. */
  public Optional<Boolean> isStoreWritable() {
    return Optional.ofNullable(writable);
  }

  /** Returns a number that changes where more than the times of looks has changed. */
  public long changes() {
    return changes.get();
  }

  /** Removes the reports of all other clusters. */
  public void retain(Collection<String> clusters) {
    if (reports.keySet().retainAll(clusters)) {
      changes.incrementAndGet();
    }
  }

  @Override
  public void onCycleEnd(Report report, Duration took, Duration late) {
    reports.put(report.cluster(), report.recorded());
    changes.incrementAndGet();
  }

  @Override
  public void onUnchangedLook(Report report, Duration took, Duration late) {
    reports.put(report.cluster(), report.recorded());
  }

  @Override
  public void onFolderScan(PolicyRegistry policies, boolean directoryTrusted, Instant at) {
    if (!policies.equals(policies())) {
      changes.incrementAndGet();
    }
    scan = new Scan(policies, directoryTrusted, at);
  }

  @Override
  public void onUnreadEntries(List<UnreadEntry> entries) {
    unread = List.copyOf(entries);
  }

  /** Returns what was in the folder at the last scan and is not read. */
  public List<UnreadEntry> unread() {
    return unread;
  }

  @Override
  public void onStoreWritable(boolean isWritable) {
    writable = isWritable;
  }

  private record Scan(PolicyRegistry policies, boolean directoryTrusted, Instant at) {}
}
