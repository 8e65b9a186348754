package dev.backstop.app;

import dev.backstop.http.Page;
import dev.backstop.http.PageSource;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.HistoryQuery;
import dev.backstop.reconcile.StoreException;
import dev.backstop.status.StatusView;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Assembles the pages that the daemon serves; each asks its source afresh and changes nothing.
 *
 * @param metricsText the Prometheus text
 * @param metricsTree Dropwizard's JSON as a tree
 * @param notAlive why the loop does not beat; empty where it does
 * @param notReady why the daemon is not ready; empty where it is
 * @param status the tree of {@code /api/v1/status}
 * @param history reads history
 * @param json writes a tree on one line
 * @param clock what durations are counted back from
 */
record Pages(
    Supplier<String> metricsText,
    Supplier<Map<String, Object>> metricsTree,
    Supplier<Optional<String>> notAlive,
    Supplier<Optional<String>> notReady,
    Supplier<? extends Map<String, ?>> status,
    Function<HistoryQuery, List<HistoryEntry>> history,
    Function<Object, String> json,
    Clock clock) {

  private static final String INDEX =
      """
      Backstop; nothing here changes anything.

      /metrics                          Prometheus text
      /metrics.json                     the same as Dropwizard's JSON
      /livez                            200 while the loop beats
      /readyz                           200 once policies are read and the store is writable
      /api/v1/status                    the last looks, policies and holds, as JSON
      /api/v1/history?cluster=&since=   decisions, statements and results, one JSON object a line
      """;

  private static final String JSON = "application/json";
  private static final String DEFAULT_SINCE = "24h";
  private static final int MOST_ENTRIES = 10_000;

  /** Returns the pages by path. */
  Map<String, PageSource> byPath() {
    Map<String, PageSource> pages = new LinkedHashMap<>();
    pages.put("/", parameters -> Page.of(200, "text/plain", INDEX));
    pages.put(
        "/metrics", parameters -> Page.of(200, "text/plain; version=0.0.4", metricsText.get()));
    pages.put(
        "/metrics.json", parameters -> Page.of(200, JSON, json.apply(metricsTree.get()) + "\n"));
    pages.put("/livez", parameters -> health(notAlive.get()));
    pages.put("/readyz", parameters -> health(notReady.get()));
    pages.put("/api/v1/status", parameters -> Page.of(200, JSON, json.apply(status.get()) + "\n"));
    pages.put("/api/v1/history", this::historyPage);
    return pages;
  }

  private static Page health(Optional<String> trouble) {
    return trouble.map(why -> Page.text(503, why)).orElseGet(() -> Page.text(200, "ok"));
  }

  private Page historyPage(Map<String, String> parameters) {
    Set<String> unknown = new TreeSet<>(parameters.keySet());
    unknown.removeAll(Set.of("cluster", "since"));
    if (!unknown.isEmpty()) {
      return Page.text(400, "unknown parameters " + unknown + "; allowed are cluster and since");
    }
    String cluster = parameters.getOrDefault("cluster", "");
    String since = parameters.getOrDefault("since", "");
    Instant from;
    try {
      from = Since.parse(since.isEmpty() ? DEFAULT_SINCE : since, clock.instant());
    } catch (IllegalArgumentException e) {
      return Page.text(400, String.valueOf(e.getMessage()));
    }
    List<HistoryEntry> entries;
    try {
      entries =
          history.apply(new HistoryQuery(cluster.isEmpty() ? null : cluster, from, MOST_ENTRIES));
    } catch (StoreException e) {
      return Page.text(503, "history can't be read now: " + e.getMessage());
    }
    StringBuilder lines = new StringBuilder();
    for (HistoryEntry entry : entries) {
      lines.append(json.apply(StatusView.history(entry))).append('\n');
    }
    return Page.of(200, "application/x-ndjson", lines.toString());
  }
}
