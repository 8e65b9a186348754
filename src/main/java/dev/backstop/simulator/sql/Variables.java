package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.SimulatedCluster.ServerVersion;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the system and user variables of one session. */
final class Variables {

  private static final Map<String, String> ALIASES =
      Map.of("transaction_isolation", "tx_isolation", "transaction_read_only", "tx_read_only");

  /** Both sides of a pair change with each other. */
  private static final String CHARACTER_SET = "character_set_connection";

  private static final String COLLATION = "collation_connection";

  private final Map<String, Variable> known = new TreeMap<>(DefaultVariables.ALL);
  private final Map<String, String> globals;
  private final Map<String, String> initial;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, @Nullable String> users = new HashMap<>();

  /**
   * Begins a session.
   *
   * @param offset the server's zone, such as {@code +08:00}
   * @param globals what SET GLOBAL has changed, shared by all sessions, which begin with it
   */
  Variables(ServerVersion version, String offset, Map<String, String> globals) {
    known.put("version", Variable.of(Variable.Kind.GLOBAL, version.full()));
    known.put("version_comment", Variable.of(Variable.Kind.READ_ONLY, version.comment()));
    known.put("system_time_zone", Variable.of(Variable.Kind.READ_ONLY, offset));
    known.put("time_zone", Variable.of(Variable.Kind.ZONE, offset));
    this.globals = globals;
    initial = new HashMap<>(globals);
  }

  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ALIASES.getOrDefault(lower, lower);
  }

  private Variable variable(String name) throws SqlFailure {
    Variable variable = known.get(canonical(name));
    if (variable == null) {
      throw SqlFailure.unknownVariable(name);
    }
    return variable;
  }

  String value(String name) throws SqlFailure {
    Variable variable = variable(name);
    String key = canonical(name);
    return values.getOrDefault(key, initial.getOrDefault(key, variable.initial()));
  }

  /** Sets a variable of the session, or of those to come; null brings back its default. */
  void set(String name, Variable.@Nullable Setting setting, boolean global) throws SqlFailure {
    Variable variable = variable(name);
    String key = canonical(name);
    String value = setting == null ? null : variable.checked(key, setting, global);
    if (global) {
      globals.put(key, value == null ? variable.initial() : value);
      return;
    }
    put(key, value);
    if (value != null && key.equals(CHARACTER_SET)) {
      put(COLLATION, value.equals("binary") ? value : value + "_general_ci");
    } else if (value != null && key.equals(COLLATION)) {
      put(CHARACTER_SET, value.replaceFirst("_.*", ""));
    }
  }

  private void put(String key, @Nullable String value) {
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  long number(String name) {
    try {
      return Long.parseLong(value(name));
    } catch (SqlFailure | NumberFormatException e) {
      return 0;
    }
  }

  @Nullable String user(String name) {
    return users.get(name.toLowerCase(Locale.ROOT));
  }

  void setUser(String name, @Nullable String value) {
    users.put(name.toLowerCase(Locale.ROOT), value);
  }

  /** Lists all as SHOW VARIABLES does, both names of renamed ones included. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    known.forEach(
        (name, variable) -> {
          String value = values.getOrDefault(name, initial.getOrDefault(name, variable.initial()));
          boolean toggle = variable.kind() == Variable.Kind.SWITCH;
          all.put(name, toggle ? (value.equals("1") ? "ON" : "OFF") : value);
        });
    ALIASES.forEach((alias, name) -> all.put(alias, all.getOrDefault(name, "")));
    return all;
  }

  /** Forgets everything that the session set. */
  void reset() {
    values.clear();
    users.clear();
  }
}
