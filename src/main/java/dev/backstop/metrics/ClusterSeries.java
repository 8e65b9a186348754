package dev.backstop.metrics;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the series of one cluster. */
final class ClusterSeries {

  /** Words that the views use for what runs (docs/oceanbase.md#views). */
  private static final Map<Kind, List<String>> WORDS =
      Map.of(
          Kind.DATA,
          List.of("SCHEDULE", "BACKUP", "CLEAN", "CANCEL", "FINISH"),
          Kind.LOG,
          List.of(
              "SCHEDULE",
              "DOING",
              "CANCEL",
              "FINISH",
              "BEGINNING",
              "STOPPING",
              // The flag alone can make the archive run while its row still rests or is missing.
              "STOP",
              "PAUSED",
              "INTERRUPTED",
              "ENABLED"));

  private static final String OTHER = "OTHER";
  private static final Set<State> UNREADABLE =
      EnumSet.of(State.UNKNOWN, State.UNSUPPORTED, State.WRONG_CLUSTER);
  private static final Set<ReasonCode> NO_ANSWER =
      EnumSet.of(
          ReasonCode.UNREACHABLE,
          ReasonCode.TIMEOUT,
          ReasonCode.LOGIN_REFUSED,
          ReasonCode.PASSWORD_UNREADABLE,
          ReasonCode.NO_CONSTANT_ROW);

  private final SeriesTable table;
  private final String cluster;

  ClusterSeries(SeriesTable table, String cluster) {
    this.table = table;
    this.cluster = cluster;
  }

  /** Begins every counter at 0. */
  void begin() {
    for (CycleResult result : CycleResult.values()) {
      table.counter(cycles(result));
    }
    table.begin(Family.RECONCILE_TIME, "cluster", cluster);
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
      table.begin(Family.STOP_DURATION, ofKind(kind));
      table.counter(SeriesName.of(Family.RETURNED_JOBS, ofKind(kind)));
    }
  }

  /** Ends everything. */
  void end() {
    table.endCluster(cluster);
  }

  /** Shows that it was looked at: while the store fails, no cycle comes to its end. */
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
      boolean shown =
          report.observedAt() != null
              && plan.state() != State.UNMANAGED
              && !UNREADABLE.contains(plan.state());
      showJobs(plan.kind(), plan.jobs(), shown);
    }
  }

  /**
   * Shows that no policy names it: there is no cycle that could tell, and what the last one showed
   * would only grow old.
   */
  void unmanaged() {
    for (Kind kind : Kind.values()) {
      showState(kind, State.UNMANAGED, Instant.EPOCH);
      showJobs(kind, List.of(), false);
    }
    for (Family family :
        List.of(Family.CLUSTER_UP, Family.LAST_OBSERVATION, Family.EXPECTED_INTERVAL)) {
      table.end(SeriesName.of(family, "cluster", cluster));
    }
  }

  void failed() {
    table.counter(cycles(CycleResult.ERROR)).inc();
  }

  void sent(Statement statement, SentStatement.Result result) {
    switch (result) {
      case ACCEPTED, REFUSED, UNKNOWN -> table.counter(statements(statement, result)).inc();
      case RACE -> table.counter(statements(statement, SentStatement.Result.UNKNOWN)).inc();
      // Nothing left for the server, or nobody has said yet what it answered.
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
      table.end(up);
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

  private void showState(Kind kind, State current, Instant since) {
    boolean unmanaged = current == State.UNMANAGED;
    for (State state : State.values()) {
      String name =
          SeriesName.of(
              Family.STATE, "cluster", cluster, "kind", kind.word(), "state", state.name());
      if (unmanaged && state != State.UNMANAGED) {
        table.end(name);
      } else {
        table.set(name, current == state);
      }
    }
    String began = SeriesName.of(Family.STATE_SINCE, ofKind(kind));
    String converged = SeriesName.of(Family.CONVERGED, ofKind(kind));
    if (unmanaged) {
      table.end(began);
      table.end(converged);
    } else {
      table.set(began, epochSeconds(since));
      table.set(converged, current.isConverged());
    }
  }

  /** Counts jobs by the words that occur now; what is not read shows nothing rather than 0. */
  private void showJobs(Kind kind, List<JobVerdict> jobs, boolean shown) {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<String> words = WORDS.getOrDefault(kind, List.of());
    for (JobVerdict standing : shown ? jobs : List.<JobVerdict>of()) {
      String word = standing.job().status().toUpperCase(Locale.ROOT);
      counts.merge(words.contains(word) ? word : OTHER, 1L, Long::sum);
    }
    for (String word : words) {
      showJobs(kind, word, counts.get(word));
    }
    showJobs(kind, OTHER, counts.get(OTHER));
    String all = SeriesName.of(Family.JOBS_RUNNING, ofKind(kind));
    if (shown) {
      table.set(all, jobs.size());
    } else {
      table.end(all);
    }
  }

  private void showJobs(Kind kind, String word, @Nullable Long count) {
    String name =
        SeriesName.of(Family.JOBS, "cluster", cluster, "kind", kind.word(), "status", word);
    if (count == null) {
      table.end(name);
    } else {
      table.set(name, count);
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
