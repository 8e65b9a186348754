package dev.backstop.metrics;

import com.codahale.metrics.Clock;
import com.codahale.metrics.MetricRegistry;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.policy.FileState;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Disarming;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what happens, and shows it as Prometheus text and as Dropwizard's JSON tree.
 *
 * <p>What is told of a cluster that neither the configuration nor the policy book names is dropped;
 * its series end as soon as nothing names it. One lock guards writing and reading, so that every
 * scrape shows whole cycles; it is held for as long as reading numbers takes.
 */
public final class BackstopMetrics implements ReconcileListener {

  private final MetricRegistry registry = new MetricRegistry();
  private final SeriesTable table = new SeriesTable(registry);
  private final SummedTimer durations = new SummedTimer(Clock.defaultClock());
  private final SummedTimer latenesses = new SummedTimer(Clock.defaultClock());
  private final Map<String, ClusterSeries> clusters = new TreeMap<>();

  private Set<String> inConf = Set.of();
  private Set<String> inBook = Set.of();
  private @Nullable Set<String> disarmed;

  /** Begins with what is known of the program and the JVM. */
  public BackstopMetrics(String version, String daemon) {
    table.set(SeriesName.of(Family.BUILD_INFO, "version", version), true);
    table.set(SeriesName.of(Family.DAEMON_INFO, "daemon", daemon), true);
    table.counter(SeriesName.of(Family.HISTORY_WRITE_ERRORS));
    registry.register(SeriesName.of(Family.RECONCILE_DURATION), durations);
    registry.register(SeriesName.of(Family.RECONCILE_LATENESS), latenesses);
    new JvmSeries(registry).register();
  }

  /** Replaces the clusters that the configuration names. */
  public synchronized void configured(Collection<String> names) {
    inConf = Set.copyOf(names);
    followNames();
  }

  /** Sets the longest time between two looks that a managed cluster's schedules allow. */
  public synchronized void expectedInterval(String cluster, Duration interval) {
    ClusterSeries series = clusters.get(cluster);
    if (series != null && inBook.contains(cluster)) {
      series.expectedInterval(interval);
    }
  }

  /** Replaces what waits for a person. */
  public synchronized void held(Collection<HeldSet> all) {
    for (HoldReason reason : HoldReason.values()) {
      table.set(
          SeriesName.of(Family.HELD, "reason", reason.word()),
          all.stream().filter(set -> set.reason() == reason).count());
    }
  }

  /** Replaces the disarmings; ended ones count as none. */
  public synchronized void disarmed(Collection<Disarming> all, Instant now) {
    Set<String> names = new TreeSet<>();
    all.stream().filter(one -> one.holdsAt(now)).forEach(one -> names.add(one.cluster()));
    disarmed = names;
    clusters.forEach(this::showDisarmed);
  }

  /** Says whether the last reading of the configuration was good; call it at start too. */
  public synchronized void reloaded(boolean successful) {
    table.set(SeriesName.of(Family.RELOAD_SUCCESSFUL), successful);
  }

  /** Says when a turn of a loop last ended without a fault. */
  public synchronized void turned(String loop, Instant at) {
    table.set(SeriesName.of(Family.LOOP_LAST_TURN, "loop", loop), at.toEpochMilli() / 1e3);
  }

  /** Returns the Prometheus text, format 0.0.4. */
  public String prometheusText() {
    PrometheusText text;
    synchronized (this) {
      text = PrometheusText.read(registry);
    }
    return text.render();
  }

  /** Returns maps, lists and plain values in the shape of Dropwizard's JSON. */
  public synchronized Map<String, Object> tree() {
    return MetricsTree.of(registry);
  }

  @Override
  public synchronized void onLook(String cluster, Observation seen) {
    ClusterSeries series = clusters.get(cluster);
    if (series != null && inBook.contains(cluster)) {
      series.looked(seen);
    }
  }

  @Override
  public synchronized void onCycleEnd(Report report, Duration took, Duration late) {
    ClusterSeries series = clusters.get(report.cluster());
    if (series == null) {
      return;
    }
    durations.update(took);
    latenesses.update(late.isNegative() ? Duration.ZERO : late);
    series.cycled(report, took);
  }

  @Override
  public synchronized void onCycleFailure(String cluster, String words) {
    ClusterSeries series = clusters.get(cluster);
    if (series != null) {
      series.failed();
    }
  }

  @Override
  public synchronized void onStatementEnd(Permit permit, Outcome outcome) {
    ClusterSeries series = clusters.get(permit.cluster());
    if (series != null) {
      series.sent(permit.statement(), outcome.result());
    }
  }

  @Override
  public synchronized void onStopProven(String cluster, Kind kind, Duration took) {
    ClusterSeries series = clusters.get(cluster);
    if (series != null) {
      series.proven(kind, took);
    }
  }

  @Override
  public synchronized void onJobReturn(String cluster, Kind kind) {
    ClusterSeries series = clusters.get(cluster);
    if (series != null) {
      series.returned(kind);
    }
  }

  @Override
  public synchronized void onFolderScan(PolicyRegistry book, boolean directoryTrusted, Instant at) {
    inBook = Set.copyOf(book.clusters());
    followNames();
    clusters.forEach(
        (cluster, series) -> {
          if (!inBook.contains(cluster)) {
            series.unmanaged();
          }
        });
    table.set(SeriesName.of(Family.DIRECTORY_TRUSTED), directoryTrusted);
    showFiles("valid", count(book, FileState.LIVE) + count(book, FileState.CHANGING));
    showFiles("invalid", brokenFiles(book));
    showFiles("pending_deletion", count(book, FileState.PENDING) + count(book, FileState.COUNTED));
    showFiles("held_deletion", count(book, FileState.HELD));
  }

  @Override
  public synchronized void onUnreadEntries(List<UnreadEntry> entries) {
    table.set(SeriesName.of(Family.IGNORED_FILES), entries.size());
  }

  @Override
  public synchronized void onStoreWritable(boolean writable) {
    table.set(SeriesName.of(Family.STORE_WRITABLE), writable);
    if (!writable) {
      table.counter(SeriesName.of(Family.HISTORY_WRITE_ERRORS)).inc();
    }
  }

  private void followNames() {
    Set<String> named = new TreeSet<>(inConf);
    named.addAll(inBook);
    Set<String> gone = new TreeSet<>(clusters.keySet());
    gone.removeAll(named);
    for (String cluster : gone) {
      new ClusterSeries(table, cluster).end();
      clusters.remove(cluster);
    }
    for (String cluster : named) {
      clusters.computeIfAbsent(cluster, this::begin);
    }
  }

  private ClusterSeries begin(String cluster) {
    ClusterSeries series = new ClusterSeries(table, cluster);
    series.begin();
    showDisarmed(cluster, series);
    return series;
  }

  private void showDisarmed(String cluster, ClusterSeries series) {
    if (disarmed != null) {
      series.disarmed(disarmed.contains(cluster) || disarmed.contains(Disarming.ALL));
    }
  }

  private void showFiles(String state, long files) {
    table.set(SeriesName.of(Family.POLICY_FILES, "state", state), files);
  }

  /** A file may be one policy's and in the way of another. */
  private static long brokenFiles(PolicyRegistry book) {
    Stream<String> known =
        book.policies().stream()
            .filter(policy -> policy.presence() == FileState.BROKEN)
            .map(KnownPolicy::file);
    return Stream.concat(known, book.strays().stream().map(StrayFile::file)).distinct().count();
  }

  private static long count(PolicyRegistry book, FileState presence) {
    return book.policies().stream().map(KnownPolicy::presence).filter(presence::equals).count();
  }
}
