package dev.backstop.metrics;

import com.codahale.metrics.Clock;
import com.codahale.metrics.MetricRegistry;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.policy.FileState.Phase;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of the daemon, as Prometheus text and as Dropwizard's JSON.
 *
 * <p>Events of a cluster that neither the configuration nor the policy registry names are ignored;
 * its series end once nothing names it. One lock guards writing and reading, so that every scrape
 * shows whole cycles.
 */
public final class BackstopMetrics implements ReconcileListener {

  private final MetricRegistry registry = new MetricRegistry();
  private final SeriesOrder order = new SeriesOrder(registry);
  private final SeriesTable table = new SeriesTable(registry);
  private final SummedTimer durations = new SummedTimer(Clock.defaultClock());
  private final SummedTimer delays = new SummedTimer(Clock.defaultClock());
  private final Map<String, ClusterSeries> clusters = new TreeMap<>();

  private Set<String> inConf = Set.of();
  private Set<String> inRegistry = Set.of();
  private @Nullable PolicyRegistry scanned;
  private @Nullable Set<String> disarmed;

  /** Creates the series of the program and the JVM. */
  public BackstopMetrics(String version, String daemon) {
    table.set(SeriesName.of(Family.BUILD_INFO, "version", version), true);
    table.set(SeriesName.of(Family.DAEMON_INFO, "daemon", daemon), true);
    table.counter(SeriesName.of(Family.HISTORY_WRITE_ERRORS));
    registry.register(SeriesName.of(Family.RECONCILE_DURATION), durations);
    registry.register(SeriesName.of(Family.RECONCILE_LATENESS), delays);
    new JvmSeries(registry).register();
  }

  /** Replaces the clusters that the configuration names. */
  public synchronized void configured(Collection<String> names) {
    inConf = Set.copyOf(names);
    updateClusters();
  }

  /** Sets the longest time between two looks that a managed cluster's schedules allow. */
  public synchronized void expectedInterval(String cluster, Duration interval) {
    ClusterSeries series = clusters.get(cluster);
    if (series != null && inRegistry.contains(cluster)) {
      series.expectedInterval(interval);
    }
  }

  /** Replaces the held sets. */
  public synchronized void held(Collection<HeldSet> all) {
    for (HoldReason reason : HoldReason.values()) {
      table.set(
          SeriesName.of(Family.HELD, "reason", reason.word()),
          all.stream().filter(set -> set.reason() == reason).count());
    }
  }

  /** Replaces the disarmings; ended ones do not count. */
  public synchronized void disarmed(Collection<Disarming> all, Instant now) {
    Set<String> names = new TreeSet<>();
    all.stream().filter(one -> one.holdsAt(now)).forEach(one -> names.add(one.cluster()));
    if (!names.equals(disarmed)) {
      disarmed = names;
      clusters.forEach(this::showDisarmed);
    }
  }

  /** Records whether the last reload of the configuration succeeded; also called at start. */
  public synchronized void reloaded(boolean successful) {
    table.set(SeriesName.of(Family.RELOAD_SUCCESSFUL), successful);
  }

  /** Records when an iteration of a loop last ended without a fault. */
  public synchronized void turned(String loop, Instant at) {
    table.set(SeriesName.of(Family.LOOP_LAST_TURN, "loop", loop), at.toEpochMilli() / 1e3);
  }

  /** Returns the Prometheus text, format 0.0.4. */
  public String prometheusText() {
    PrometheusText text;
    synchronized (this) {
      text = PrometheusText.read(order);
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
    if (series != null && inRegistry.contains(cluster)) {
      series.looked(seen);
    }
  }

  @Override
  public synchronized void onCycleEnd(Report report, Duration took, Duration late) {
    ClusterSeries series = clusters.get(report.cluster());
    if (series != null) {
      time(took, late);
      series.cycled(report, took);
    }
  }

  @Override
  public synchronized void onUnchangedLook(Report report, Duration took, Duration late) {
    ClusterSeries series = clusters.get(report.cluster());
    if (series != null) {
      time(took, late);
      series.cycledAgain(report, took);
    }
  }

  private void time(Duration took, Duration late) {
    durations.update(took);
    delays.update(late.isNegative() ? Duration.ZERO : late);
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
  public synchronized void onFolderScan(
      PolicyRegistry policies, boolean directoryTrusted, Instant at) {
    if (scanned == null || !policies.equals(scanned)) {
      show(policies);
      scanned = policies;
    }
    clusters.entrySet().stream()
        .filter(one -> !inRegistry.contains(one.getKey()))
        .forEach(one -> one.getValue().unmanaged());
    table.set(SeriesName.of(Family.DIRECTORY_TRUSTED), directoryTrusted);
  }

  private void show(PolicyRegistry policies) {
    Set<String> named = Set.copyOf(policies.clusters());
    if (!named.equals(inRegistry)) {
      inRegistry = named;
      updateClusters();
    }
    showFiles("valid", count(policies, EnumSet.of(Phase.GOOD, Phase.CHANGING)));
    showFiles("invalid", brokenFiles(policies));
    showFiles(
        "pending_deletion",
        count(policies, EnumSet.of(Phase.DELETION_PENDING, Phase.DELETION_EFFECTIVE)));
    showFiles("held_deletion", count(policies, EnumSet.of(Phase.DELETION_HELD)));
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

  private void updateClusters() {
    Set<String> named = new TreeSet<>(inConf);
    named.addAll(inRegistry);
    clusters.keySet().stream()
        .filter(cluster -> !named.contains(cluster))
        .forEach(table::removeCluster);
    clusters.keySet().retainAll(named);
    for (String cluster : named) {
      clusters.computeIfAbsent(cluster, this::create);
    }
  }

  private ClusterSeries create(String cluster) {
    ClusterSeries series = new ClusterSeries(table, cluster);
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

  /** A file may belong to a policy and also block another one. */
  private static long brokenFiles(PolicyRegistry policies) {
    Stream<String> known =
        policies.policies().stream()
            .filter(policy -> policy.phase() == Phase.BROKEN)
            .map(KnownPolicy::file);
    return Stream.concat(known, policies.strays().stream().map(StrayFile::file)).distinct().count();
  }

  /** A policy of several clusters has one file. */
  private static long count(PolicyRegistry policies, Set<Phase> phases) {
    long files = 0;
    for (List<KnownPolicy> clusters : policies.byName().values()) {
      files += isAnyIn(phases, clusters) ? 1 : 0;
    }
    return files;
  }

  private static boolean isAnyIn(Set<Phase> phases, List<KnownPolicy> clusters) {
    for (KnownPolicy known : clusters) {
      if (phases.contains(known.phase())) {
        return true;
      }
    }
    return false;
  }
}
