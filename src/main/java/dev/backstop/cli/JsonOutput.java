package dev.backstop.cli;

import dev.backstop.command.Overview;
import dev.backstop.json.Json;
import dev.backstop.state.HistoryEntry;
import dev.backstop.status.StatusView;

/** Formats results as JSON, as the daemon's pages do. */
final class JsonOutput {

  private JsonOutput() {}

  /** Returns a plan. */
  static String plan(Overview overview) {
    return Json.pretty(StatusView.plan(overview.reports(), overview.disarmings()));
  }

  /** Returns what is recorded. */
  static String status(Overview overview) {
    return Json.pretty(
        StatusView.status(
            overview.reports(),
            overview.policies(),
            overview.held(),
            overview.disarmings(),
            overview.unread(),
            overview.awaitingStart()));
  }

  /** Returns one entry of history, on one line. */
  static String history(HistoryEntry entry) {
    return Json.write(StatusView.history(entry));
  }
}
