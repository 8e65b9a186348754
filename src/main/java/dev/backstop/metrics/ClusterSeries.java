package dev.backstop.metrics;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.WindowState;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Series of one cluster. */
final class ClusterSeries {

  /** States in which nobody can say, or nobody asks, which jobs run. */
  private static final Set<State> NO_JOBS =
      EnumSet.of(State.UNMANAGED, State.UNKNOWN, State.UNSUPPORTED, State.WRONG_CLUSTER);

  private static final Set<ReasonCode> NO_ANSWER =
      EnumSet.of(
          ReasonCode.UNREACHABLE,
          ReasonCode.TIMEOUT,
          ReasonCode.LOGIN_REFUSED,
          ReasonCode.PASSWORD_UNREADABLE,
          ReasonCode.NO_CONSTANT_ROW);

  private final SeriesTable table;
  private final String cluster;
  private final JobSeries jobs;

  ClusterSeries(SeriesTable table, String cluster) {
    this.table = table;
    this.cluster = cluster;
    this.jobs = new JobSeries(table, cluster);
  }

  /** Creates every counter at 0. */
  void create() {
    for (CycleResult result : CycleResult.values()) {
      table.counter(cycles(result));
    }
    table.create(Family.RECONCILE_TIME, "cluster", cluster);
    for (Statement statement : Statement.values()) {
      for (SentStatement.Result result :
          List.of(
              SentStatement.Result.ACCEPTED,
              SentStatement.Result.REFUSED,
              SentStatement.Result.UNKNOWN)) {
        table.counter(statements(statement, result));
      }
    }
    for (Kind kind : Kind.values()) {
      table.create(Family.STOP_DURATION, ofKind(kind));
      table.counter(SeriesName.of(Family.RETURNED_JOBS, ofKind(kind)));
    }
  }

  /** Removes all series of the cluster. */
  void remove() {
    table.removeCluster(cluster);
  }

  /** Records a look, as no cycle ends while the store fails. */
  void looked(Observation seen) {
    boolean isAnswered =
        !seen.endpoint().isEmpty() && seen.blindTo(BlindSpot.Area.EVERYTHING).isEmpty();
    table.set(SeriesName.of(Family.CLUSTER_UP, "cluster", cluster), isAnswered);
    if (isAnswered) {
      table.set(
          SeriesName.of(Family.LAST_OBSERVATION, "cluster", cluster), epochSeconds(seen.at()));
    }
  }

  void cycled(Report report, Duration took) {
    table.counter(cycles(CycleResult.of(report))).inc();
    table.add(Family.RECONCILE_TIME, took.toNanos() / 1e9, "cluster", cluster);
    showReach(report);
    for (KindPlan plan : report.plan().kinds()) {
      showState(plan.kind(), plan.state(), plan.since());
      showWindow(plan.kind(), plan.window());
      if (report.observedAt() == null || NO_JOBS.contains(plan.state())) {
        jobs.hide(plan.kind());
      } else {
        jobs.show(plan.kind(), plan.jobs());
      }
    }
  }

  /**
   * Records that no policy names the cluster, as no cycle does, and its last values would be stale.
   */
  void unmanaged() {
    for (Kind kind : Kind.values()) {
      showState(kind, State.UNMANAGED, Instant.EPOCH);
      showWindow(kind, null);
      jobs.hide(kind);
    }
    for (Family family :
        List.of(Family.CLUSTER_UP, Family.LAST_OBSERVATION, Family.EXPECTED_INTERVAL)) {
      table.remove(SeriesName.of(family, "cluster", cluster));
    }
  }

  void failed() {
    table.counter(cycles(CycleResult.ERROR)).inc();
  }

  void sent(Statement statement, SentStatement.Result result) {
    switch (result) {
      case ACCEPTED, REFUSED, UNKNOWN -> table.counter(statements(statement, result)).inc();
      case RACE -> table.counter(statements(statement, SentStatement.Result.UNKNOWN)).inc();
      // Nothing was sent, or the outcome is not known yet.
      case NOT_SENT, OPEN -> {}
    }
  }

  void proven(Kind kind, Duration took) {
    table.add(Family.STOP_DURATION, took.toNanos() / 1e9, ofKind(kind));
  }

  void returned(Kind kind) {
    table.counter(SeriesName.of(Family.RETURNED_JOBS, ofKind(kind))).inc();
  }

  void disarmed(boolean disarmed) {
    table.set(SeriesName.of(Family.DISARMED, "cluster", cluster), disarmed);
  }

  void expectedInterval(Duration interval) {
    table.set(
        SeriesName.of(Family.EXPECTED_INTERVAL, "cluster", cluster), interval.toMillis() / 1e3);
  }

  private void showReach(Report report) {
    String up = SeriesName.of(Family.CLUSTER_UP, "cluster", cluster);
    Instant observedAt = report.observedAt();
    if (observedAt == null) {
      table.remove(up);
      return;
    }
    boolean answered =
        !report.endpoint().isEmpty()
            && report.plan().kinds().stream()
                .noneMatch(
                    plan ->
                        plan.state() == State.UNKNOWN && NO_ANSWER.contains(plan.reason().code()));
    table.set(up, answered);
    if (answered) {
      table.set(
          SeriesName.of(Family.LAST_OBSERVATION, "cluster", cluster), epochSeconds(observedAt));
    }
  }

  private void showWindow(Kind kind, @Nullable WindowState window) {
    String open = SeriesName.of(Family.WINDOW_OPEN, ofKind(kind));
    String change = SeriesName.of(Family.WINDOW_NEXT_CHANGE, ofKind(kind));
    if (window == null) {
      table.remove(open);
    } else {
      table.set(open, window.open());
    }
    Instant next = window == null ? null : window.nextChange();
    if (next == null) {
      table.remove(change);
    } else {
      table.set(change, epochSeconds(next));
    }
  }

  private void showState(Kind kind, State current, Instant since) {
    boolean unmanaged = current == State.UNMANAGED;
    for (State state : State.values()) {
      String name =
          SeriesName.of(
              Family.STATE, "cluster", cluster, "kind", kind.word(), "state", state.name());
      if (unmanaged && state != State.UNMANAGED) {
        table.remove(name);
      } else {
        table.set(name, current == state);
      }
    }
    String sinceSeries = SeriesName.of(Family.STATE_SINCE, ofKind(kind));
    String converged = SeriesName.of(Family.CONVERGED, ofKind(kind));
    if (unmanaged) {
      table.remove(sinceSeries);
      table.remove(converged);
    } else {
      table.set(sinceSeries, epochSeconds(since));
      table.set(converged, current.isConverged());
    }
  }

  private String cycles(CycleResult result) {
    return SeriesName.of(Family.RECONCILE, "cluster", cluster, "result", result.word());
  }

  private String statements(Statement statement, SentStatement.Result result) {
    return SeriesName.of(
        Family.STATEMENTS,
        "cluster",
        cluster,
        "statement",
        statement.word(),
        "result",
        result.name().toLowerCase(Locale.ROOT));
  }

  private String[] ofKind(Kind kind) {
    return new String[] {"cluster", cluster, "kind", kind.word()};
  }

  private static double epochSeconds(Instant instant) {
    return instant.toEpochMilli() / 1e3;
  }
}
