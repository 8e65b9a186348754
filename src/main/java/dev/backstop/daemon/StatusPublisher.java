package dev.backstop.daemon;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.Settings;
import dev.backstop.http.PageSource;
import dev.backstop.json.Json;
import dev.backstop.listener.CompositeListener;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.metrics.BackstopMetrics;
import dev.backstop.plan.Holds;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Disarming;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.status.LastReports;
import dev.backstop.status.StatusSummary;
import dev.backstop.status.StatusView;
import dev.backstop.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects metrics and the last reports, and serves the pages from them. */
final class StatusPublisher {

  /** A hold that ends, and a disarming whose time is over, move no counter of the store. */
  private static final Duration DECISIONS_INTERVAL = Duration.ofSeconds(2);

  /** A first report begins a cluster's series. */
  private static final Duration REPORTS_INTERVAL = Duration.ofSeconds(2);

  /** A schedule that fired may leave another time until its next run. */
  private static final Duration CLUSTERS_INTERVAL = Duration.ofSeconds(10);

  private static final String STORE_RELEASE = "backstop approve store-unreadable --reason R";

  private final Clock clock;
  private final Supervisor supervisor;
  private final BackstopMetrics metrics;
  private final LastReports reports = new LastReports();
  private volatile Settings settings;
  private final ExpectedIntervals intervals = new ExpectedIntervals();
  private volatile List<HeldSet> held = List.of();
  private volatile List<Disarming> disarmings = List.of();
  private final Instant startedAt;
  private final Map<String, Instant> knownSince = new ConcurrentHashMap<>();
  private volatile List<String> awaitingStart = List.of();
  private @Nullable Source shown;
  private long shownChanges;
  private Instant decisionsAt = Instant.MIN;
  private Instant clustersAt = Instant.MIN;
  private volatile @Nullable ServiceStatus serviceStatus;

  StatusPublisher(Settings settings, Clock clock, Supervisor supervisor) {
    this.settings = settings;
    this.clock = clock;
    this.supervisor = supervisor;
    this.startedAt = clock.instant();
    this.metrics = new BackstopMetrics(BuildVersion.own(), settings.daemon());
    configure(settings, List.of());
  }

  /** Returns the listener that feeds metrics and reports. */
  ReconcileListener listener() {
    return CompositeListener.of(metrics, reports);
  }

  /**
   * Applies other settings.
   *
   * @param awaiting the keys that take effect at the next start
   */
  void configure(Settings changed, List<String> awaiting) {
    awaitingStart = List.copyOf(awaiting);
    settings = changed;
    metrics.configured(changed.clusterNames());
  }

  void onReload(boolean successful) {
    metrics.reloaded(successful);
  }

  /** Publishes what only the store and the registry know, where it may have changed; one thread. */
  void refresh(StateStore store, PolicyRegistry registry, Instant now) {
    // Counters are read before the rest: what changes meanwhile is read again.
    Source source = new Source(store, store.changeCounter(), registry, settings);
    long changes = reports.changes();
    boolean isAnother = !source.equals(shown);
    if (isAnother || isOver(DECISIONS_INTERVAL, decisionsAt, now)) {
      refreshDecisions(store, registry, now);
      decisionsAt = now;
    }
    Duration interval = changes == shownChanges ? CLUSTERS_INTERVAL : REPORTS_INTERVAL;
    if (isAnother || isOver(interval, clustersAt, now)) {
      refreshClusters(registry, now);
      clustersAt = now;
      shownChanges = changes;
    }
    shown = source;
  }

  /** A clock that was set back counts, too. */
  private static boolean isOver(Duration interval, Instant then, Instant now) {
    return Duration.between(then, now).abs().compareTo(interval) >= 0;
  }

  /** What shown values were taken from. */
  private record Source(
      StateStore store, long counter, PolicyRegistry registry, Settings settings) {}

  private void refreshDecisions(StateStore store, PolicyRegistry registry, Instant now) {
    List<HeldSet> sets = new ArrayList<>(Holds.of(registry, store.heldRecords()));
    if (store.isLost()) {
      sets.add(storeUnreadable(now));
    }
    held = List.copyOf(sets);
    metrics.held(held);
    disarmings = List.copyOf(store.disarmings(now));
    metrics.disarmed(disarmings, now);
  }

  /** Clusters come and go with registry and settings, and series with the first report. */
  private void refreshClusters(PolicyRegistry registry, Instant now) {
    Set<String> managed = new HashSet<>(registry.clusters());
    Set<String> named = new HashSet<>(managed);
    named.addAll(settings.clusterNames());
    reports.retain(named);
    knownSince.keySet().retainAll(managed);
    managed.forEach(cluster -> knownSince.putIfAbsent(cluster, now));
    intervals.retain(managed);
    for (String cluster : managed) {
      // A schedule that fails leaves only its own cluster's gauge as it was.
      supervisor.contain(
          "interval of " + cluster,
          () ->
              metrics.expectedInterval(
                  cluster, intervals.of(cluster, registry.ofCluster(cluster), now)));
    }
  }

  private HeldSet storeUnreadable(Instant now) {
    return new HeldSet(
        "store-unreadable",
        HoldReason.STORE_UNREADABLE,
        List.copyOf(settings.clusterNames()),
        List.of(),
        now,
        STORE_RELEASE);
  }

  /** Returns the sum of all clusters in one line, for the service manager. */
  String serviceStatus() {
    long changes = reports.changes();
    ServiceStatus known = serviceStatus;
    if (known == null || known.changes() != changes || !known.settings().equals(settings)) {
      known =
          new ServiceStatus(
              StatusSummary.line(all(reports.policies(), cluster -> true)), changes, settings);
      serviceStatus = known;
    }
    return known.line();
  }

  /** The line for the service manager, and what it was computed from. */
  private record ServiceStatus(String line, long changes, Settings settings) {}

  /** Returns the pages by path. */
  Map<String, PageSource> pages(Supplier<StateStore> store) {
    return new StatusPages(
            () -> {
              publishLoops();
              return metrics.prometheusText();
            },
            () -> {
              publishLoops();
              return metrics.tree();
            },
            this::notAlive,
            () -> notReady(store.get()),
            this::status,
            (query, reader) -> store.get().readHistory(query, reader),
            Json::write,
            clock)
        .byPath();
  }

  /** Runs in the page's own thread, so that it works whatever loop hangs. */
  private void publishLoops() {
    supervisor.lastTurns().forEach(metrics::turned);
  }

  private Optional<String> notAlive() {
    return supervisor.silent().entrySet().stream()
        .map(
            loop ->
                "loop %s has not ended a turn without a fault for %s s"
                    .formatted(loop.getKey(), loop.getValue().toSeconds()))
        .findFirst();
  }

  private Optional<String> notReady(StateStore store) {
    Optional<String> dead = notAlive();
    if (dead.isPresent()) {
      return dead;
    }
    if (reports.scannedAt().isEmpty()) {
      return Optional.of("the policy folder has not been read yet");
    }
    if (!reports.isDirectoryTrusted()) {
      return Optional.of("the policy folder " + settings.folder().directory() + " can't be read");
    }
    if (store.isLost()) {
      return Optional.of(
          "the state store is there but fails its check: nothing is recorded, and every cluster is"
              + " held; "
              + STORE_RELEASE
              + " sets it aside");
    }
    return reports.isStoreWritable().filter(writable -> !writable).isPresent()
        ? Optional.of("the state store can't be written")
        : Optional.empty();
  }

  /** Returns the status of the clusters that are asked for, and what concerns them. */
  private Map<String, ?> status(Predicate<String> isAsked) {
    PolicyRegistry registry = reports.policies();
    List<HeldSet> heldThere =
        held.stream().filter(set -> set.clusters().stream().anyMatch(isAsked)).toList();
    return StatusView.status(
        all(registry, isAsked),
        registry.concerning(isAsked),
        heldThere,
        disarmings,
        reports.unread(),
        awaitingStart);
  }

  private List<Report> all(PolicyRegistry registry, Predicate<String> isAsked) {
    return settings.clusters().stream()
        .map(ClusterSettings::name)
        .filter(isAsked)
        .map(cluster -> report(registry, cluster))
        .toList();
  }

  private Report report(PolicyRegistry registry, String cluster) {
    Instant now = clock.instant();
    return registry.ofCluster(cluster).isEmpty()
        ? Report.unmanaged(cluster, settings.daemon(), now)
        : reports
            .report(cluster)
            .orElseGet(() -> Report.firstLook(cluster, settings.daemon(), knownSince(cluster)));
  }

  /** Returns since when this daemon has known policies of a cluster. */
  private Instant knownSince(String cluster) {
    return knownSince.getOrDefault(cluster, startedAt);
  }
}
