package dev.backstop.daemon;

import dev.backstop.http.Page;
import dev.backstop.http.PageSource;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.StoreException;
import dev.backstop.status.StatusView;
import dev.backstop.text.PointInTime;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Serves history, one JSON object a line, oldest first: the newest entries that fit.
 *
 * @param history reads history
 * @param json writes a tree on one line
 * @param clock what durations are counted back from
 */
record HistoryPage(History history, Function<Object, String> json, Clock clock)
    implements PageSource {

  static final int MOST_ENTRIES = 10_000;
  static final int MOST_BYTES = 4 << 20;

  private static final String DEFAULT_SINCE = "24h";

  /** Reads history as a store does. */
  @FunctionalInterface
  interface History {

    /** Hands the entries over one at a time; returns whether older ones are left out. */
    boolean read(HistoryQuery query, Consumer<HistoryEntry> reader);
  }

  @Override
  public Page page(Map<String, List<String>> given) {
    PageParameters parameters;
    try {
      parameters = PageParameters.ofHistory(given);
    } catch (IllegalArgumentException e) {
      return Page.text(400, String.valueOf(e.getMessage()));
    }
    String since = parameters.since();
    Optional<PointInTime> from = PointInTime.parse(since.isEmpty() ? DEFAULT_SINCE : since);
    if (from.isEmpty()) {
      return Page.text(
          400,
          "since is '"
              + since
              + "'; allowed are a duration such as 24h (ms, s, m, h, d) or a time"
              + " such as 2026-11-23T20:00:00Z");
    }
    return answer(
        new HistoryQuery(
            parameters.clusters(), from.get().before(clock.instant()), MOST_ENTRIES, MOST_BYTES));
  }

  private Page answer(HistoryQuery query) {
    NewestLines lines = new NewestLines(MOST_BYTES);
    boolean isCut;
    try {
      isCut = history.read(query, entry -> lines.add(json.apply(StatusView.history(entry))));
    } catch (StoreException e) {
      return Page.text(503, "history can't be read now: " + e.getMessage());
    }
    boolean isTruncated = isCut || lines.isCut();
    Page page = new Page(200, "application/x-ndjson; charset=utf-8", lines.drain());
    return isTruncated ? page.with("Backstop-Truncated", "true") : page;
  }

  /** The newest lines that fit into a number of bytes. */
  private static final class NewestLines {

    private final int mostBytes;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private int bytes;
    private boolean isCut;

    NewestLines(int mostBytes) {
      this.mostBytes = mostBytes;
    }

    /** Adds a line and drops the oldest ones that no longer fit. */
    void add(String line) {
      byte[] added = (line + "\n").getBytes(StandardCharsets.UTF_8);
      lines.add(added);
      bytes += added.length;
      while (bytes > mostBytes) {
        bytes -= lines.remove().length;
        isCut = true;
      }
    }

    boolean isCut() {
      return isCut;
    }

    /** Removes the lines and returns them as UTF-8. */
    byte[] drain() {
      byte[] all = new byte[bytes];
      int at = 0;
      while (!lines.isEmpty()) {
        byte[] line = lines.remove();
        System.arraycopy(line, 0, all, at, line.length);
        at += line.length;
      }
      bytes = 0;
      return all;
    }
  }
}
