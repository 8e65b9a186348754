package dev.backstop.metrics;

import dev.backstop.plan.KindPlan;
import dev.backstop.plan.State;
import dev.backstop.state.Report;
import java.util.Locale;

/** Says how a cycle ended, as {@code reconcile_total} counts it. */
enum CycleResult {
  OK,
  UNKNOWN,
  UNSUPPORTED,
  WRONG_CLUSTER,
  /** A fault of Backstop or its store, not of the cluster. */
  ERROR;

  /** Judges a cycle by its kinds; where they differ, the first of wrong, unsupported, unknown. */
  static CycleResult of(Report report) {
    if (is(report, State.WRONG_CLUSTER)) {
      return WRONG_CLUSTER;
    }
    if (is(report, State.UNSUPPORTED)) {
      return UNSUPPORTED;
    }
    return is(report, State.UNKNOWN) ? UNKNOWN : OK;
  }

  private static boolean is(Report report, State state) {
    return report.plan().kinds().stream().map(KindPlan::state).anyMatch(state::equals);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
