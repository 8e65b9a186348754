package dev.backstop.cli;

import dev.backstop.app.CommandException;
import dev.backstop.app.Overview;
import dev.backstop.reconcile.HistoryEntry;

/** Writes results for programs. */
final class Machine {

  private Machine() {}

  /** Writes a plan. */
  static String plan(Overview overview) {
    throw none(overview.reports().size());
  }

  /** Writes what is recorded. */
  static String status(Overview overview) {
    throw none(overview.reports().size());
  }

  /** Writes one entry of history, on one line. */
  static String history(HistoryEntry entry) {
    throw none(entry.jobsAfter().size());
  }

  private static CommandException none(int size) {
    return CommandException.failed("JSON of " + size + " things is not written yet");
  }
}
