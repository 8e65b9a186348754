package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.SimulatedCluster.ServerVersion;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** System variables of one session: those that clients ask for or set. */
final class Variables {

  private static final Map<String, String> ALIASES =
      Map.of("transaction_isolation", "tx_isolation", "transaction_read_only", "tx_read_only");

  private static final String NUMBER = "-?\\d{1,18}";
  private static final String SECONDS = "[1-9]\\d{0,6}";
  private static final String SWITCH = "[01]";
  private static final String LEVEL =
      "READ-UNCOMMITTED|READ-COMMITTED|REPEATABLE-READ|SERIALIZABLE";
  private static final String MODES =
      "(,|STRICT_(TRANS|ALL)_TABLES|NO_ZERO_(IN_)?DATE|NO_AUTO_CREATE_USER"
          + "|NO_ENGINE_SUBSTITUTION|ERROR_FOR_DIVISION_BY_ZERO|ONLY_FULL_GROUP_BY)*";

  /** Matches nothing. */
  private static final String READ_ONLY = "(?!)";

  /**
   * Immutable description of a variable.
   *
   * @param initial its value in a fresh session
   * @param accepted a pattern of the values that it may be set to
   */
  private record Variable(String initial, String accepted) {}

  private final Map<String, Variable> known = new TreeMap<>();
  private final Map<String, String> values = new HashMap<>();

  /**
   * Begins a session.
   *
   * @param offset the server's zone, such as {@code +08:00}
   */
  Variables(ServerVersion version, String offset) {
    add("autocommit", "1", SWITCH);
    add("auto_increment_increment", "1", READ_ONLY);
    add("character_set_client", "utf8mb4", "utf8mb4|utf8");
    add("character_set_connection", "utf8mb4", "utf8mb4|utf8");
    add("character_set_database", "utf8mb4", READ_ONLY);
    add("character_set_results", "utf8mb4", "utf8mb4|utf8|NULL");
    add("character_set_server", "utf8mb4", READ_ONLY);
    add("collation_connection", "utf8mb4_general_ci", "utf8mb4_general_ci");
    add("collation_server", "utf8mb4_general_ci", READ_ONLY);
    add("init_connect", "", READ_ONLY);
    add("interactive_timeout", "28800", SECONDS);
    add("license", "", READ_ONLY);
    add("lower_case_table_names", "1", READ_ONLY);
    add("max_allowed_packet", "4194304", READ_ONLY);
    add("net_write_timeout", "60", SECONDS);
    add("ob_query_timeout", "10000000", NUMBER);
    add("ob_trx_idle_timeout", "120000000", NUMBER);
    add("ob_trx_lock_timeout", "-1", NUMBER);
    add("ob_trx_timeout", "100000000", NUMBER);
    add("performance_schema", "0", READ_ONLY);
    add("query_cache_size", "1048576", READ_ONLY);
    add("query_cache_type", "OFF", READ_ONLY);
    add("sql_mode", "STRICT_ALL_TABLES", MODES);
    add("sql_select_limit", String.valueOf(Long.MAX_VALUE), "\\d{1,18}");
    add("system_time_zone", offset, READ_ONLY);
    add("time_zone", offset, READ_ONLY);
    add("tx_isolation", "READ-COMMITTED", LEVEL);
    add("tx_read_only", "0", SWITCH);
    add("version", version.full(), READ_ONLY);
    add("version_comment", version.comment(), READ_ONLY);
    add("wait_timeout", "28800", SECONDS);
  }

  private void add(String name, String initial, String accepted) {
    known.put(name, new Variable(initial, accepted));
  }

  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ALIASES.getOrDefault(lower, lower);
  }

  private Variable variable(String name) throws SqlFailure {
    Variable variable = known.get(canonical(name));
    if (variable == null) {
      throw new SqlFailure(1193, "HY000", "Unknown system variable '" + name + "'");
    }
    return variable;
  }

  String value(String name) throws SqlFailure {
    return values.getOrDefault(canonical(name), variable(name).initial());
  }

  /** Sets a variable to a value that it takes. */
  void set(String name, @Nullable Object value) throws SqlFailure {
    String text = value == null ? "NULL" : value.toString();
    String accepted = variable(name).accepted();
    if (accepted.equals(READ_ONLY)) {
      throw new SqlFailure(1238, "HY000", "Variable '" + name + "' is a read only variable");
    }
    if ((accepted.equals(NUMBER) || accepted.equals(SECONDS)) && !(value instanceof Long)) {
      throw new SqlFailure(1232, "42000", "Incorrect argument type to variable '" + name + "'");
    }
    if (accepted.equals(SWITCH)) {
      text = text.replaceFirst("^(?i)(ON|TRUE)$", "1").replaceFirst("^(?i)(OFF|FALSE)$", "0");
    }
    if (!text.matches("(?i)" + accepted)) {
      throw new SqlFailure(
          1231, "42000", "Variable '" + name + "' can't be set to the value of '" + text + "'");
    }
    values.put(canonical(name), text);
  }

  /** Brings back the value of a fresh session. */
  void reset(String name) throws SqlFailure {
    variable(name);
    values.remove(canonical(name));
  }

  /** Returns a number that every session has. */
  long number(String name) {
    String initial = known.getOrDefault(name, new Variable("0", "")).initial();
    return Long.parseLong(values.getOrDefault(name, initial));
  }

  Duration queryTimeout() {
    return Duration.of(number("ob_query_timeout"), ChronoUnit.MICROS);
  }

  /** Returns all as SHOW VARIABLES does, both names of renamed ones included. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    known.forEach(
        (name, variable) -> {
          String value = values.getOrDefault(name, variable.initial());
          boolean isSwitch = variable.accepted().equals(SWITCH);
          all.put(name, isSwitch ? (value.equals("1") ? "ON" : "OFF") : value);
        });
    ALIASES.forEach((alias, name) -> all.put(alias, all.getOrDefault(name, "")));
    return all;
  }

  /** Forgets everything that the session set. */
  void reset() {
    values.clear();
  }
}
