package dev.backstop.simulator.sql;

import dev.backstop.simulator.sql.Variable.Kind;
import java.util.Map;

/** Lists the variables that clients ask for or set. */
final class DefaultVariables {

  static final Map<String, Variable> ALL =
      Map.ofEntries(
          Map.entry("auto_increment_increment", Variable.number(1, 1, 65_535)),
          Map.entry("autocommit", Variable.of(Kind.SWITCH, "1")),
          Map.entry("character_set_client", Variable.of(Kind.CHARACTER_SET, "utf8mb4")),
          Map.entry("character_set_connection", Variable.of(Kind.CHARACTER_SET, "utf8mb4")),
          Map.entry("character_set_database", Variable.of(Kind.CHARACTER_SET, "utf8mb4")),
          Map.entry("character_set_results", Variable.of(Kind.CHARACTER_SET, "utf8mb4")),
          Map.entry("character_set_server", Variable.of(Kind.CHARACTER_SET, "utf8mb4")),
          Map.entry("character_set_system", Variable.of(Kind.READ_ONLY, "utf8")),
          Map.entry("collation_connection", Variable.of(Kind.COLLATION, "utf8mb4_general_ci")),
          Map.entry("collation_database", Variable.of(Kind.COLLATION, "utf8mb4_general_ci")),
          Map.entry("collation_server", Variable.of(Kind.COLLATION, "utf8mb4_general_ci")),
          Map.entry("foreign_key_checks", Variable.of(Kind.SWITCH, "1")),
          Map.entry("init_connect", Variable.of(Kind.GLOBAL, "")),
          Map.entry("innodb_lock_wait_timeout", Variable.number(50, 1, 1_073_741_824)),
          Map.entry("interactive_timeout", Variable.number(28_800, 1, 31_536_000)),
          Map.entry("license", Variable.of(Kind.READ_ONLY, "")),
          Map.entry("lower_case_table_names", Variable.of(Kind.READ_ONLY, "1")),
          Map.entry("max_allowed_packet", Variable.number(4_194_304, 1024, 1_073_741_824)),
          Map.entry("net_write_timeout", Variable.number(60, 1, 31_536_000)),
          Map.entry("ob_query_timeout", Variable.of(Kind.TIMEOUT, "10000000")),
          Map.entry("ob_read_consistency", Variable.of(Kind.TEXT, "STRONG")),
          Map.entry("ob_trx_idle_timeout", Variable.of(Kind.TIMEOUT, "120000000")),
          Map.entry("ob_trx_lock_timeout", Variable.of(Kind.TIMEOUT, "-1")),
          Map.entry("ob_trx_timeout", Variable.of(Kind.TIMEOUT, "100000000")),
          Map.entry("performance_schema", Variable.of(Kind.GLOBAL, "0")),
          Map.entry("query_cache_size", Variable.of(Kind.GLOBAL, "1048576")),
          Map.entry("query_cache_type", Variable.of(Kind.GLOBAL, "OFF")),
          Map.entry("sql_mode", Variable.of(Kind.MODE, "STRICT_ALL_TABLES")),
          Map.entry("sql_select_limit", Variable.number(Long.MAX_VALUE, 0, Long.MAX_VALUE)),
          Map.entry("tx_isolation", Variable.of(Kind.ISOLATION, "READ-COMMITTED")),
          Map.entry("tx_read_only", Variable.of(Kind.SWITCH, "0")),
          Map.entry("unique_checks", Variable.of(Kind.SWITCH, "1")),
          Map.entry("wait_timeout", Variable.number(28_800, 1, 31_536_000)));

  private DefaultVariables() {}
}
