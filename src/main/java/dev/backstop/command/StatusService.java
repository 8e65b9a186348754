package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.folder.PolicyCheck;
import dev.backstop.folder.UnreadListing;
import dev.backstop.plan.Holds;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.store.JdbcStore;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells what the store has on record, for the verbs {@code status} and {@code history}. */
final class StatusService {

  private final CommandContext context;
  private final Settings settings;

  StatusService(CommandContext context) {
    this.context = context;
    this.settings = context.settings();
  }

  Overview status(Set<String> clusters) {
    Instant now = context.clock().instant();
    UnreadListing listing = UnreadListing.of(settings.folder().directory());
    try (StateStore store = context.store().forStatus()) {
      boolean isThere = store instanceof JdbcStore;
      DaemonStatus daemon =
          store instanceof JdbcStore found ? DaemonStatus.on(found, settings) : null;
      boolean isWatched = daemon != null && daemon.answer() == DaemonStatus.Answer.OURS;
      PolicyRegistry registry = store.registry().policies();
      ClockReading read = new Clocks(store.timeline(), context.clock()).read();
      Map<String, Report> recorded =
          store.reports().stream().collect(Collectors.toMap(Report::cluster, Function.identity()));
      ClusterScope scope = scope(clusters, store, registry, recorded.keySet());
      List<Report> reports =
          scope.clusters().stream()
              .map(cluster -> report(recorded, registry, cluster, isThere, isWatched, read))
              .toList();
      List<HeldSet> held = scope.held(Holds.of(registry, store.heldRecords()));
      PolicyRegistry policies = scope.policies(registry);
      List<String> notes = new ArrayList<>(isThere ? List.of() : List.of(noStore()));
      notes.addAll(BudgetUsage.notes(settings, store, held, now));
      notes.addAll(failingNotifications(store));
      List<UnreadEntry> unread = unread(listing, notes);
      return new Overview(
          reports,
          policies,
          held,
          scope.disarmings(store.disarmings(now)),
          context.invalidFiles(policies),
          notes,
          unread,
          DaemonStatus.awaitingStart(settings),
          daemon == null ? "" : DaemonHealth.words(daemon, settings, reports, now));
    }
  }

  private List<String> failingNotifications(StateStore store) {
    return store.notifications().failures().stream()
        .filter(failure -> settings.notification(failure.notification()).isPresent())
        .map(
            failure ->
                "notification %1$s: %2$s; try: backstop notify --test %1$s"
                    .formatted(failure.notification(), NotificationService.words(failure)))
        .toList();
  }

  /** Returns what lies in the folder and is not read, or notes that it can't be listed. */
  private List<UnreadEntry> unread(UnreadListing listing, List<String> notes) {
    try {
      return listing.await();
    } catch (IOException failed) {
      String words = PolicyCheck.words(settings.folder().directory(), failed);
      notes.add("what is not read can't be told: " + words);
      return List.of();
    }
  }

  private Report report(
      Map<String, Report> recorded,
      PolicyRegistry registry,
      String cluster,
      boolean isThere,
      boolean isWatched,
      ClockReading read) {
    Report report = recorded.get(cluster);
    if (report != null) {
      return report;
    }
    Instant now = read.wall();
    Optional<Instant> wantedSince =
        registry.ofCluster(cluster).stream()
            .map(known -> known.state().shownSince(read))
            .min(Comparator.naturalOrder());
    if (isThere && wantedSince.isEmpty()) {
      return Report.unmanaged(cluster, settings.daemon(), now);
    }
    return isWatched && wantedSince.isPresent()
        ? Report.firstLook(cluster, settings.daemon(), wantedSince.get())
        : Report.notLookedYet(cluster, settings.daemon(), now);
  }

  /** Returns the clusters asked for; a glob fits those of which anything is on record too. */
  private ClusterScope scope(
      Set<String> asked, StateStore store, PolicyRegistry registry, Collection<String> recorded) {
    Set<String> known = new TreeSet<>(settings.clusterNames());
    known.addAll(recorded);
    known.addAll(registry.clusters());
    return context.scope(asked, known, cluster -> requireKnown(cluster, store));
  }

  /** Refuses a name that neither the configuration nor history has. */
  private void requireKnown(String cluster, StateStore store) {
    if (settings.cluster(cluster).isEmpty()
        && store.history(new HistoryQuery(cluster, Instant.MIN, 1)).isEmpty()) {
      context.requireConfigured(cluster);
    }
  }

  List<String> history(HistoryQuery query, Consumer<HistoryEntry> reader) {
    try (StateStore store = context.store().forStatus()) {
      store.readHistory(resolved(query, store), reader);
      return store instanceof JdbcStore ? List.of() : List.of(noStore());
    }
  }

  /** Returns a query of names for one of names and globs. */
  private HistoryQuery resolved(HistoryQuery query, StateStore store) {
    if (query.clusters().isEmpty()) {
      return query;
    }
    ClusterScope scope =
        scope(
            query.clusters(),
            store,
            store.registry().policies(),
            store.reports().stream().map(Report::cluster).toList());
    return new HistoryQuery(
        Set.copyOf(scope.clusters()), query.since(), query.limit(), query.size());
  }

  private String noStore() {
    return "there is no state store yet: backstop run makes " + context.store().place();
  }
}
