package dev.backstop.simulator.corpus;

import dev.backstop.simulator.cluster.Profile;
import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables that both servers hold, and the stand-in's cluster around them: it shows the kernel's
 * version, and refuses the statements of secondary backup as 4.x does.
 */
final class CorpusCluster implements SimulatedCluster {

  /** Stands for {@code __all_virtual_sys_parameter_stat}, which the kernel has in 4.x's shape. */
  private static final String PARAMETERS = "__all_virtual_sys_parameter_corp";

  private static final Table JOBS =
      table(
          "cdb_ob_backup_backuppiece_job",
          List.of(
              column("JOB_ID", "bigint(20)"),
              column("TENANT_ID", "bigint(20)"),
              column("STATUS", "varchar(64)"),
              nullable("BACKUP_DEST", "varchar(2048)"),
              column("COMMENT", "varchar(4096)")),
          List.of(
              row(7L, 1L, "DOING", null, ""),
              row(8L, 1001L, "SCHEDULE", "oss://bucket/备份/😀", "a 'quoted' \\ one"),
              row(Long.MAX_VALUE, 1002L, "排队", "file:///data/" + "x".repeat(2035), "é")));

  private static final Table SETS =
      table(
          "cdb_ob_backup_backupset_job",
          List.of(
              column("JOB_ID", "bigint(20)"),
              column("TENANT_ID", "bigint(20)"),
              column("STATUS", "varchar(64)"),
              nullable("BACKUP_DEST", "varchar(2048)")),
          List.of());

  private static final Table ARCHIVE =
      table(
          "cdb_ob_backup_backup_archivelog",
          List.of(
              column("TENANT_ID", "bigint(20)"),
              column("STATUS", "varchar(64)"),
              column("BACKUP_PIECE_ID", "bigint(20)"),
              nullable("COMPRESSION_RATIO", "decimal(23,2)")),
          List.of(
              row(1L, "DOING", 0L, null),
              row(1001L, "PAUSED", 0L, new BigDecimal("1.50")),
              row(1002L, "STOP", 3L, new BigDecimal("0.00"))));

  private static final Table FLAGS =
      table(
          "__all_tenant_backup_info",
          List.of(
              column("tenant_id", "bigint(20)"),
              column("name", "varchar(1024)"),
              nullable("value", "longtext")),
          List.of(row(1L, "enable_auto_backup_archivelog", "1"), row(1L, "backup_dest", "")));

  private static final Table TENANTS =
      table(
          "__all_tenant",
          List.of(column("tenant_id", "bigint(20)"), column("tenant_name", "varchar(128)")),
          List.of(
              row(1L, "sys"),
              row(1001L, "pay"),
              row(1002L, "Pay"),
              row(1003L, "páy"),
              row(1004L, "pay "),
              row(1005L, "支付😀")));

  private static final Table TYPES =
      table(
          "corpus_types",
          List.of(
              column("id", "bigint(20)"),
              nullable("whole", "bigint(20)"),
              nullable("exact", "decimal(34,4)"),
              nullable("words", "varchar(20)"),
              nullable("moment", "timestamp(6)"),
              nullable("second", "datetime")),
          List.of(
              row(
                  1L,
                  42L,
                  new BigDecimal("12.3400"),
                  "1.9",
                  LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000),
                  LocalDateTime.of(2026, 1, 2, 3, 4, 5)),
              row(2L, null, null, null, null, null),
              row(
                  3L,
                  -1L,
                  new BigDecimal("-0.5000"),
                  "1e3",
                  LocalDateTime.of(2026, 1, 2, 3, 4, 5),
                  LocalDateTime.of(1999, 12, 31, 23, 59, 59)),
              row(4L, 0L, new BigDecimal("0.0000"), "a", null, null),
              row(5L, 0L, new BigDecimal("0.0000"), "A", null, null),
              row(6L, 0L, new BigDecimal("0.0000"), "a ", null, null),
              row(7L, 0L, new BigDecimal("0.0000"), "á", null, null),
              row(8L, 0L, new BigDecimal("0.0000"), "支付", null, null)));

  private static final List<Table> TABLES =
      List.of(JOBS, SETS, ARCHIVE, FLAGS, TENANTS, TYPES, parameterTable());

  private static final List<String> USERS = List.of("eye", "nobody");

  private final VirtualCluster statements = Profile.V4.start(Instant.EPOCH);

  private static Table parameterTable() {
    List<Table.Column> columns =
        List.of(
            column("zone", "varchar(128)"),
            column("svr_ip", "varchar(46)"),
            column("svr_port", "bigint(20)"),
            column("name", "varchar(128)"),
            column("value", "varchar(4096)"));
    return table(
        PARAMETERS,
        columns,
        List.of(
            row("zone1", "127.0.0.1", 2882L, "cluster", "obcluster"),
            row("zone1", "127.0.0.1", 2882L, "cluster_id", "1"),
            row("zone1", "10.0.0.2", 2882L, "cluster", "other")));
  }

  private static Table.Column column(String name, String type) {
    return new Table.Column(name, type, false);
  }

  private static Table.Column nullable(String name, String type) {
    return new Table.Column(name, type, true);
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static Table table(
      String name, List<Table.Column> columns, List<List<@Nullable Object>> rows) {
    return new Table("oceanbase", name, columns, rows);
  }

  /** Returns the names of all tables, which an account without any right may not read. */
  static Set<String> tableNames() {
    return TABLES.stream().map(Table::name).collect(Collectors.toSet());
  }

  /** Returns what root types to give another server the same tables and accounts. */
  static List<String> script() {
    List<String> script = new ArrayList<>(cleaning());
    for (Table table : TABLES) {
      String name = table.schema() + "." + table.name();
      script.add(
          table.columns().stream()
              .map(CorpusCluster::declared)
              .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")")));
      for (List<@Nullable Object> row : table.rows()) {
        script.add(
            row.stream()
                .map(CorpusCluster::literal)
                .collect(Collectors.joining(", ", "INSERT INTO " + name + " VALUES (", ")")));
      }
    }
    USERS.forEach(user -> script.add("CREATE USER " + user));
    script.add("GRANT SELECT ON oceanbase.* TO eye");
    return script;
  }

  /** Lets a query read the parameters from the table that both servers have in 3.x's shape. */
  static String withOwnParameters(String query) {
    return query.replace("__all_virtual_sys_parameter_stat", PARAMETERS);
  }

  /** Returns what root types to remove all of it. */
  static List<String> cleaning() {
    List<String> script = new ArrayList<>();
    TABLES.forEach(table -> script.add("DROP TABLE IF EXISTS oceanbase." + table.name()));
    USERS.forEach(user -> script.add("DROP USER IF EXISTS " + user));
    return script;
  }

  private static String declared(Table.Column column) {
    return column.name() + " " + column.type() + (column.nullable() ? " NULL" : " NOT NULL");
  }

  private static String literal(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Number) {
      return value.toString();
    }
    String text =
        value instanceof LocalDateTime time ? time.toString().replace('T', ' ') : value.toString();
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  @Override
  public void advance(Instant now) {}

  @Override
  public Reply alterSystem(String statement, String tenant, Instant now) {
    return statements.alterSystem(statement, tenant, now);
  }

  @Override
  public Reply refusal(String statement, String tenant) {
    return statements.refusal(statement, tenant);
  }

  @Override
  public Reply beforeQuery(List<String> tables, String tenant, Instant now) {
    return Reply.ok();
  }

  @Override
  public List<Table> tables(String tenant) {
    return TABLES;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("cluster", "obcluster", "cluster_id", "1");
  }

  @Override
  public Map<Long, String> tenants() {
    return Map.of(1L, "sys");
  }

  @Override
  public ServerVersion version() {
    return new ServerVersion(
        "4.3.5.3",
        "OceanBase 4.3.5.3 seekdb (r1.2.0.0) (Built"
            + " 1-099c95dab1e999baa1ce3c087b3abd75a3991e1a Mar 31 2026)",
        "5.7.25-OceanBase seekdb-v1.2.0.0",
        "5.7.25");
  }
}
