package dev.backstop.cli;

import dev.backstop.command.Overview;
import dev.backstop.json.Json;
import dev.backstop.state.HistoryEntry;
import dev.backstop.status.StatusView;

/** Writes results for programs, as the daemon's own pages do. */
final class JsonOutput {

  private JsonOutput() {}

  /** Writes a plan. */
  static String plan(Overview overview) {
    return Json.pretty(StatusView.plan(overview.reports()));
  }

  /** Writes what is recorded. */
  static String status(Overview overview) {
    return Json.pretty(
        StatusView.status(
            overview.reports(),
            overview.policies(),
            overview.held(),
            overview.unread(),
            overview.awaitingStart()));
  }

  /** Writes one entry of history, on one line. */
  static String history(HistoryEntry entry) {
    return Json.write(StatusView.history(entry));
  }
}
