package dev.backstop.metrics;

import com.codahale.metrics.Counter;
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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private final String up;
  private final String lastObservation;
  private final SeriesTable.Total time;
  private final Map<CycleResult, Counter> cycles = new EnumMap<>(CycleResult.class);

  /** What the series of the kinds show; none before the first cycle. */
  private final Map<Kind, Shown> shown = new EnumMap<>(Kind.class);

  private @Nullable Duration interval;
  private boolean isUnmanaged;

  private record Shown(State state, Instant since) {}

  ClusterSeries(SeriesTable table, String cluster) {
    this.table = table;
    this.cluster = cluster;
    this.jobs = new JobSeries(table, cluster);
    this.up = SeriesName.of(Family.CLUSTER_UP, "cluster", cluster);
    this.lastObservation = SeriesName.of(Family.LAST_OBSERVATION, "cluster", cluster);
    this.time = table.total(Family.RECONCILE_TIME, "cluster", cluster);
    for (CycleResult result : CycleResult.values()) {
      cycles.put(result, table.counter(cycles(result)));
    }
    create();
  }

  /** Creates every other counter at 0. */
  private void create() {
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
      table.total(Family.STOP_DURATION, ofKind(kind));
      table.counter(SeriesName.of(Family.RETURNED_JOBS, ofKind(kind)));
    }
  }

  /** Records a look, as no cycle ends while the store fails. */
  void looked(Observation seen) {
    isUnmanaged = false;
    boolean isAnswered =
        !seen.endpoint().isEmpty() && seen.blindTo(BlindSpot.Area.EVERYTHING).isEmpty();
    table.set(up, isAnswered);
    if (isAnswered) {
      table.set(lastObservation, epochSeconds(seen.at()));
    }
  }

  void cycled(Report report, Duration took) {
    isUnmanaged = false;
    count(CycleResult.of(report));
    time.add(took.toNanos() / 1e9);
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

  /** Records a cycle that ended as the one before; what its look showed is recorded already. */
  void cycledAgain(Report report, Duration took) {
    if (isUnmanaged) {
      cycled(report, took);
      return;
    }
    count(CycleResult.of(report));
    time.add(took.toNanos() / 1e9);
  }

  /** Records that no policy names the cluster: no cycle tells it, and its values would be stale. */
  void unmanaged() {
    if (isUnmanaged) {
      return;
    }
    for (Kind kind : Kind.values()) {
      showState(kind, State.UNMANAGED, Instant.EPOCH);
      showWindow(kind, null);
      jobs.hide(kind);
    }
    table.remove(up);
    table.remove(lastObservation);
    table.remove(SeriesName.of(Family.EXPECTED_INTERVAL, "cluster", cluster));
    interval = null;
    isUnmanaged = true;
  }

  void failed() {
    count(CycleResult.ERROR);
  }

  private void count(CycleResult result) {
    Objects.requireNonNull(cycles.get(result)).inc();
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
    table.total(Family.STOP_DURATION, ofKind(kind)).add(took.toNanos() / 1e9);
  }

  void returned(Kind kind) {
    table.counter(SeriesName.of(Family.RETURNED_JOBS, ofKind(kind))).inc();
  }

  void disarmed(boolean disarmed) {
    table.set(SeriesName.of(Family.DISARMED, "cluster", cluster), disarmed);
  }

  void expectedInterval(Duration expected) {
    if (!expected.equals(interval)) {
      table.set(
          SeriesName.of(Family.EXPECTED_INTERVAL, "cluster", cluster), expected.toMillis() / 1e3);
      interval = expected;
    }
  }

  private void showReach(Report report) {
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
      table.set(lastObservation, epochSeconds(observedAt));
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
    Shown now = new Shown(current, since);
    if (now.equals(shown.put(kind, now))) {
      return;
    }
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
