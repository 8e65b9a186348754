package dev.backstop.simulator.sql;

import java.util.Map;

/** Lists the variables that clients ask for, with a fresh server's values. */
final class DefaultVariables {

  static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("auto_increment_increment", "1"),
          Map.entry("auto_increment_offset", "1"),
          Map.entry("autocommit", "1"),
          Map.entry("character_set_client", "utf8mb4"),
          Map.entry("character_set_connection", "utf8mb4"),
          Map.entry("character_set_database", "utf8mb4"),
          Map.entry("character_set_filesystem", "binary"),
          Map.entry("character_set_results", "utf8mb4"),
          Map.entry("character_set_server", "utf8mb4"),
          Map.entry("character_set_system", "utf8"),
          Map.entry("collation_connection", "utf8mb4_general_ci"),
          Map.entry("collation_database", "utf8mb4_general_ci"),
          Map.entry("collation_server", "utf8mb4_general_ci"),
          Map.entry("connect_timeout", "10"),
          Map.entry("default_storage_engine", "OceanBase"),
          Map.entry("foreign_key_checks", "1"),
          Map.entry("have_ssl", "DISABLED"),
          Map.entry("hostname", "simulator"),
          Map.entry("init_connect", ""),
          Map.entry("interactive_timeout", "28800"),
          Map.entry("last_insert_id", "0"),
          Map.entry("license", ""),
          Map.entry("lower_case_table_names", "1"),
          Map.entry("max_allowed_packet", "4194304"),
          Map.entry("max_execution_time", "0"),
          Map.entry("net_buffer_length", "16384"),
          Map.entry("net_read_timeout", "30"),
          Map.entry("net_write_timeout", "60"),
          Map.entry("ob_compatibility_mode", "MYSQL"),
          Map.entry("ob_query_timeout", "10000000"),
          Map.entry("ob_read_consistency", "STRONG"),
          Map.entry("ob_trx_idle_timeout", "120000000"),
          Map.entry("ob_trx_timeout", "100000000"),
          Map.entry("performance_schema", "0"),
          Map.entry("profiling", "0"),
          Map.entry("query_cache_size", "1048576"),
          Map.entry("query_cache_type", "OFF"),
          Map.entry("session_track_gtids", "OFF"),
          Map.entry("session_track_schema", "1"),
          Map.entry("session_track_state_change", "0"),
          Map.entry("session_track_system_variables", ""),
          Map.entry("sql_auto_is_null", "0"),
          Map.entry("sql_mode", "STRICT_ALL_TABLES"),
          Map.entry("sql_notes", "1"),
          Map.entry("sql_quote_show_create", "1"),
          Map.entry("sql_safe_updates", "0"),
          Map.entry("sql_select_limit", "9223372036854775807"),
          Map.entry("sql_warnings", "0"),
          Map.entry("storage_engine", "OceanBase"),
          Map.entry("time_zone", "SYSTEM"),
          Map.entry("timestamp", "0"),
          Map.entry("tx_isolation", "READ-COMMITTED"),
          Map.entry("tx_read_only", "0"),
          Map.entry("unique_checks", "1"),
          Map.entry("version_compile_machine", "x86_64"),
          Map.entry("version_compile_os", "Linux"),
          Map.entry("wait_timeout", "28800"));

  private DefaultVariables() {}
}
