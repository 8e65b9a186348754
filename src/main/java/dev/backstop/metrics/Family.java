package dev.backstop.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lists every family of metrics in the order in which they are shown.
 *
 * <p>Sums that hold in every scrape, for each cluster: {@code reconcile_total} over all results is
 * the number of cycles; over all results but {@code error} it is {@code reconcile_seconds_count},
 * and that over all clusters is at most {@code reconcile_duration_seconds_count}, which keeps what
 * ended series had. {@code state} over all states is 1 for each kind. {@code
 * stop_duration_seconds_count} is the number of proven stops.
 */
enum Family {
  BUILD_INFO("backstop_build_info", Type.GAUGE, "The version that runs; always 1."),
  DAEMON_INFO("backstop_daemon_info", Type.GAUGE, "The daemon's configured name; always 1."),
  STATE(
      "backstop_state", Type.GAUGE, "1 for the state that the kind is in on the cluster, else 0."),
  STATE_SINCE(
      "backstop_state_since_timestamp_seconds", Type.GAUGE, "When the current state began."),
  CONVERGED(
      "backstop_converged", Type.GAUGE, "1 where nothing is left to do (PERMITTED or STOPPED)."),
  JOBS_RUNNING(
      "backstop_jobs_running",
      Type.GAUGE,
      "Secondary backup jobs in the views; absent while they can't be read."),
  JOBS(
      "backstop_jobs",
      Type.GAUGE,
      "The same by the server's word, of words that occur now; others count as OTHER."),
  WINDOW_OPEN(
      "backstop_backup_window_open",
      Type.GAUGE,
      "1 while the backup window of a kind is open, else 0; absent where it has none."),
  WINDOW_NEXT_CHANGE(
      "backstop_backup_window_next_change_timestamp_seconds",
      Type.GAUGE,
      "When that changes; absent where it never does."),
  CLUSTER_UP("backstop_cluster_up", Type.GAUGE, "1 where the last look was answered, else 0."),
  LAST_OBSERVATION(
      "backstop_last_observation_timestamp_seconds",
      Type.GAUGE,
      "When the last answered look began."),
  EXPECTED_INTERVAL(
      "backstop_reconcile_expected_interval_seconds",
      Type.GAUGE,
      "The longest time between two looks that the schedules allow."),
  RECONCILE("backstop_reconcile_total", Type.COUNTER, "Cycles by result."),
  RECONCILE_DURATION(
      "backstop_reconcile_duration_seconds",
      Type.SUMMARY,
      "How long cycles take, all clusters; quantiles of the last 4096."),
  RECONCILE_TIME("backstop_reconcile_seconds", Type.SUMMARY, "Time spent in cycles, by cluster."),
  RECONCILE_LATENESS(
      "backstop_reconcile_lateness_seconds",
      Type.SUMMARY,
      "How long after their time cycles begin, all clusters; quantiles of the last 4096."),
  STATEMENTS(
      "backstop_statements_total", Type.COUNTER, "Statements that left for the server, by answer."),
  STOP_DURATION(
      "backstop_stop_duration_seconds",
      Type.SUMMARY,
      "From the first statement of a stop to its proof."),
  RETURNED_JOBS(
      "backstop_returned_jobs_total", Type.COUNTER, "Jobs that came back after a statement."),
  HELD("backstop_held", Type.GAUGE, "Held sets that wait for a person, by reason."),
  DISARMED("backstop_disarmed", Type.GAUGE, "1 where a person lets no statement leave."),
  POLICY_FILES(
      "backstop_policy_files",
      Type.GAUGE,
      "Policy files, by what they are worth; a deletion is pending until it is proven, or held."),
  DIRECTORY_TRUSTED(
      "backstop_policy_directory_trusted",
      Type.GAUGE,
      "1 where files missing from the policy folder count as deleted."),
  IGNORED_FILES(
      "backstop_ignored_files",
      Type.GAUGE,
      "What lies in the policy folder under a visible name and is not read."),
  RELOAD_SUCCESSFUL(
      "backstop_config_last_reload_successful",
      Type.GAUGE,
      "1 where the last reading of the configuration was good."),
  LOOP_LAST_TURN(
      "backstop_loop_last_turn_timestamp_seconds",
      Type.GAUGE,
      "When a turn of the loop last ended without a fault."),
  STORE_WRITABLE("backstop_store_writable", Type.GAUGE, "1 where the state store takes writes."),
  HISTORY_WRITE_ERRORS(
      "backstop_history_write_errors_total",
      Type.COUNTER,
      "Entries of history that could not be written."),
  JVM_MEMORY_USED("jvm_memory_used_bytes", Type.GAUGE, "Memory in use, by area."),
  JVM_MEMORY_COMMITTED("jvm_memory_committed_bytes", Type.GAUGE, "Memory reserved, by area."),
  JVM_MEMORY_MAX("jvm_memory_max_bytes", Type.GAUGE, "Memory limit, by area; -1 for none."),
  JVM_POOL_USED("jvm_memory_pool_used_bytes", Type.GAUGE, "Memory in use, by pool."),
  JVM_COLLECTIONS(
      "jvm_gc_collection_seconds", Type.SUMMARY, "Garbage collections and the time they took."),
  JVM_THREADS("jvm_threads_current", Type.GAUGE, "Live threads."),
  JVM_THREADS_DAEMON("jvm_threads_daemon", Type.GAUGE, "Live daemon threads."),
  JVM_THREADS_STATE("jvm_threads_state", Type.GAUGE, "Live threads, by state."),
  PROCESS_UPTIME("process_uptime_seconds", Type.GAUGE, "How long the process has run.");

  private static final Map<String, Family> BY_TITLE =
      Arrays.stream(values()).collect(Collectors.toMap(Family::title, Function.identity()));

  private final String title;
  private final Type type;
  private final String help;

  Family(String title, Type type, String help) {
    this.title = title;
    this.type = type;
    this.help = help;
  }

  /** Returns the family of a metric, by its name without labels. */
  static Optional<Family> owning(String base) {
    return Optional.ofNullable(BY_TITLE.get(base))
        .or(() -> Optional.ofNullable(BY_TITLE.get(without("_sum", without("_count", base)))));
  }

  private static String without(String end, String name) {
    return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
  }

  String title() {
    return title;
  }

  Type type() {
    return type;
  }

  String help() {
    return help;
  }

  /** Types of metrics in Prometheus. */
  enum Type {
    GAUGE("gauge"),
    COUNTER("counter"),
    /** Sum and count, with quantiles for a timer. */
    SUMMARY("summary");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
