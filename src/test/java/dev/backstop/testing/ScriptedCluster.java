package dev.backstop.testing;

import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a few fixed tables, remembers what it was asked, and replies as a test says. */
public final class ScriptedCluster implements SimulatedCluster {

  private static final Table JOBS =
      table(
          "CDB_OB_BACKUP_BACKUPPIECE_JOB",
          List.of(
              column("JOB_ID", "bigint(20)", false),
              column("TENANT_ID", "bigint(20)", false),
              column("STATUS", "varchar(64)", false),
              column("BACKUP_DEST", "varchar(2048)", true),
              column("COMMENT", "varchar(4096)", false)),
          List.of(
              row(7L, 1L, "DOING", null, ""),
              row(8L, 1001L, "SCHEDULE", "oss://bucket/\u5907\u4efd", "a 'quoted' one")));

  private static final Table TASKS =
      table(
          "CDB_OB_BACKUP_BACKUPSET_TASK",
          List.of(
              column("JOB_ID", "bigint(20)", false),
              column("START_TIME", "timestamp(6)", true),
              column("COMPRESSION_RATIO", "decimal(23,2)", true),
              column("KEEP_UNTIL", "varchar(0)", true)),
          List.of(
              row(
                  3L,
                  LocalDateTime.of(2026, 11, 23, 1, 2, 3, 450_000_000),
                  new BigDecimal("1.50"),
                  ""),
              row(4L, null, null, null)));

  private static final Table FLAGS =
      table(
          "__all_tenant_backup_info",
          List.of(
              column("tenant_id", "bigint(20)", false),
              column("name", "varchar(128)", false),
              column("value", "varchar(4096)", true)),
          List.of(row(1L, "enable_auto_backup_archivelog", "1"), row(1L, "backup_dest", "")));

  private static final Table TENANTS =
      table(
          "__all_tenant",
          List.of(
              column("tenant_id", "bigint(20)", false),
              column("tenant_name", "varchar(128)", false)),
          List.of(row(1L, "sys"), row(1001L, "pay")));

  private final List<String> statements = new ArrayList<>();
  private final List<List<String>> looks = new ArrayList<>();
  private Reply reply = Reply.ok();
  private Reply lookReply = Reply.ok();

  private static Table.Column column(String name, String type, boolean nullable) {
    return new Table.Column(name, type, nullable);
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static Table table(
      String name, List<Table.Column> columns, List<List<@Nullable Object>> rows) {
    return new Table("oceanbase", name, columns, rows);
  }

  private static Table parameterTable() {
    List<Table.Column> columns =
        List.of(
            column("zone", "varchar(128)", false),
            column("svr_type", "varchar(16)", false),
            column("svr_ip", "varchar(46)", false),
            column("svr_port", "bigint(20)", false),
            column("name", "varchar(256)", false),
            column("data_type", "varchar(128)", true),
            column("value", "varchar(4096)", false),
            column("info", "varchar(4096)", false),
            column("section", "varchar(4096)", true),
            column("scope", "varchar(4096)", true),
            column("source", "varchar(4096)", true),
            column("edit_level", "varchar(4096)", true));
    return table(
        "__all_virtual_sys_parameter_stat",
        columns,
        List.of(
            parameter("cluster", "hz"),
            parameter("cluster_id", "7"),
            parameter("backup_backup_dest", "file:///second")));
  }

  private static List<@Nullable Object> parameter(String name, String value) {
    return row(
        "z1", "observer", "10.0.0.1", 2882L, name, null, value, "", "", "CLUSTER", "DEFAULT", "");
  }

  /** Replies so to every statement from now on. */
  public void replyToStatements(Reply next) {
    reply = next;
  }

  /** Replies so to every look from now on. */
  public void replyToLooks(Reply next) {
    lookReply = next;
  }

  /** Lists the statements that it was given. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /** Lists the tables of each look. */
  public List<List<String>> looks() {
    return List.copyOf(looks);
  }

  @Override
  public void advance(Instant now) {}

  @Override
  public Reply alterSystem(String statement, String tenant, Instant now) {
    statements.add(statement);
    return tenant.equals("sys") ? reply : Reply.error(1227, "42501", "Access denied");
  }

  @Override
  public Reply beforeQuery(List<String> tables, String tenant, Instant now) {
    looks.add(tables);
    return lookReply;
  }

  @Override
  public List<Table> tables(String tenant) {
    return tenant.equals("sys")
        ? List.of(JOBS, TASKS, FLAGS, TENANTS, parameterTable())
        : List.of();
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("cluster", "hz", "cluster_id", "7");
  }

  @Override
  public Map<Long, String> tenants() {
    return Map.of(1L, "sys", 1001L, "pay");
  }

  @Override
  public ServerVersion version() {
    return new ServerVersion(
        "3.2.3.1",
        "OceanBase 3.2.3.1 (r1-abc) (Built Jan 1 2023)",
        "5.7.25-OceanBase-v3.2.3.1",
        "5.7.25");
  }
}
