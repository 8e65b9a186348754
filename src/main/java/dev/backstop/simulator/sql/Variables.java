package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.SimulatedCluster.ServerVersion;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the system and user variables of one session. */
final class Variables {

  private static final Set<String> SWITCHES =
      Set.of(
          "autocommit",
          "tx_read_only",
          "performance_schema",
          "foreign_key_checks",
          "unique_checks");
  private static final Map<String, String> ALIASES =
      Map.of("transaction_isolation", "tx_isolation", "transaction_read_only", "tx_read_only");

  private final Map<String, String> defaults;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, @Nullable String> users = new HashMap<>();

  Variables(ServerVersion version, String timeZone, Map<String, String> globals) {
    defaults = new TreeMap<>(DefaultVariables.ALL);
    defaults.put("version", version.full());
    defaults.put("version_comment", version.comment());
    // Drivers know no zone that is called Z.
    defaults.put("system_time_zone", timeZone.equals("Z") ? "UTC" : timeZone);
    defaults.putAll(globals);
  }

  /** Returns the name under which a variable is kept. */
  static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ALIASES.getOrDefault(lower, lower);
  }

  String value(String name) throws SqlFailure {
    String key = canonical(name);
    String value = values.getOrDefault(key, defaults.get(key));
    if (value == null) {
      throw SqlFailure.unknownVariable(name);
    }
    return value;
  }

  /** Sets a variable; null brings back its default. */
  void set(String name, @Nullable String value) throws SqlFailure {
    String key = canonical(name);
    if (!defaults.containsKey(key)) {
      throw SqlFailure.unknownVariable(name);
    }
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, SWITCHES.contains(key) ? digit(value) : value);
    }
  }

  private static String digit(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "ON", "TRUE" -> "1";
      case "OFF", "FALSE" -> "0";
      default -> value;
    };
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
    Map<String, String> all = new TreeMap<>(defaults);
    all.putAll(values);
    all.replaceAll((name, value) -> SWITCHES.contains(name) ? word(value) : value);
    ALIASES.forEach((alias, name) -> all.put(alias, all.getOrDefault(name, "")));
    return all;
  }

  private static String word(String digit) {
    return digit.equals("1") ? "ON" : "OFF";
  }

  /** Forgets everything that the session set. */
  void reset() {
    values.clear();
    users.clear();
  }
}
