package dev.backstop.daemon;

import dev.backstop.http.Page;
import dev.backstop.http.PageSource;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Assembles the pages that the daemon serves; those that change ask their sources afresh, and none
 * changes anything.
 *
 * @param metricsText the Prometheus text
 * @param metricsTree Dropwizard's JSON as a tree
 * @param notAlive why the loop does not beat; empty where it does
 * @param notReady why the daemon is not ready; empty where it is
 * @param status the tree of {@code /api/v1/status}, of the clusters that are asked for
 * @param history reads history
 * @param json writes a tree on one line
 * @param clock what durations are counted back from
 */
record StatusPages(
    Supplier<String> metricsText,
    Supplier<Map<String, Object>> metricsTree,
    Supplier<Optional<String>> notAlive,
    Supplier<Optional<String>> notReady,
    Function<Predicate<String>, ? extends Map<String, ?>> status,
    HistoryPage.History history,
    Function<Object, String> json,
    Clock clock) {

  private static final String JSON = "application/json";

  /** Returns the pages by path. */
  Map<String, PageSource> byPath() {
    Map<String, PageSource> pages = new LinkedHashMap<>();
    StatusPageFiles.byPath().forEach((path, page) -> pages.put(path, parameters -> page));
    pages.put(
        "/metrics", parameters -> Page.of(200, "text/plain; version=0.0.4", metricsText.get()));
    pages.put(
        "/metrics.json", parameters -> Page.of(200, JSON, json.apply(metricsTree.get()) + "\n"));
    pages.put("/livez", parameters -> health(notAlive.get()));
    pages.put("/readyz", parameters -> health(notReady.get()));
    pages.put("/api/v1/status", this::status);
    pages.put("/api/v1/history", new HistoryPage(history, json, clock));
    return pages;
  }

  private Page status(Map<String, List<String>> given) {
    try {
      PageParameters parameters = PageParameters.ofStatus(given);
      return Page.of(200, JSON, json.apply(status.apply(parameters::includes)) + "\n");
    } catch (IllegalArgumentException e) {
      return Page.text(400, String.valueOf(e.getMessage()));
    }
  }

  private static Page health(Optional<String> trouble) {
    return trouble.map(why -> Page.text(503, why)).orElseGet(() -> Page.text(200, "ok"));
  }
}
