package dev.backstop.kernel;

import dev.backstop.kernel.RewritingProxy.Rule;
import dev.backstop.testing.ViewColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Cluster of version 3.1.5 played by the kernel: tables of the database {@code oceanbase} stand for
 * the views, and a proxy replaces the version and one table's name. Rows are moved by the test, as
 * RootService would.
 */
public final class KernelCluster implements AutoCloseable {

  /** A user of the kernel that may do all that Backstop does, and its password. */
  public static final String USER = "keeper";

  public static final String PASSWORD = "Pl4nted-Passw0rd";

  /** The view of the parameters, which the kernel has with other columns. */
  static final String PARAMETERS = "__all_virtual_sys_parameter_stat";

  /** The table that stands for it. */
  static final String OWN_PARAMETERS = "__all_another_sys_parameter_stat";

  /** All that a look reads; others would be in the way of tests that ask what tables there are. */
  private static final List<String> TABLES =
      List.of(
          PARAMETERS,
          "CDB_OB_BACKUP_BACKUPSET_JOB",
          "CDB_OB_BACKUP_BACKUPPIECE_JOB",
          "CDB_OB_BACKUP_BACKUP_ARCHIVELOG",
          "__all_tenant_backup_info",
          "__all_tenant");

  /** Replaces names of 3.x by those of the tables that stand for them. */
  static final List<Rule> QUESTIONS = List.of(new Rule(PARAMETERS, OWN_PARAMETERS));

  /** Replaces the kernel's version, and the tables' names again. */
  static final List<Rule> ANSWERS =
      List.of(new Rule("4.3.5.3", "3.1.5.0"), new Rule(OWN_PARAMETERS, PARAMETERS));

  private static final String NOT_SUPPORTED = "\u00ff\u00d3\u0004#0A000";
  private static final String WRONG_ARGUMENTS = "\u00ff\u00ba\u0004#HY000";
  private static final String OK = "\0\0\0\2\0\0\0OK";

  private final Kernel kernel;
  private final String name;
  private final RewritingProxy proxy;
  private Kernel.Mark opened;

  /** One statement that arrived, as the kernel's audit has it. */
  public record Arrived(String sql, int code, Instant at, Instant end, int clientPort) {}

  private KernelCluster(Kernel kernel, String name, boolean accepts) {
    this.kernel = kernel;
    this.opened = kernel.mark();
    this.name = name;
    List<Rule> answers = new ArrayList<>(ANSWERS);
    if (accepts) {
      answers.add(new Rule(NOT_SUPPORTED, OK));
      answers.add(new Rule(WRONG_ARGUMENTS, OK));
    }
    this.proxy = new RewritingProxy(kernel.port(), QUESTIONS, answers);
  }

  /**
   * Opens a cluster in which nothing runs, whose server accepts every stop statement: the kernel
   * refuses them as not supported, and the proxy makes an OK of that.
   */
  public static KernelCluster open(String name, long id) {
    return open(name, id, true);
  }

  /** Opens one whose server refuses every stop statement in the kernel's own words. */
  public static KernelCluster refusing(String name, long id) {
    return open(name, id, false);
  }

  private static KernelCluster open(String name, long id, boolean accepts) {
    Kernel kernel = Kernel.shared();
    KernelCluster cluster = new KernelCluster(kernel, name, accepts);
    cluster.makeTables();
    kernel.execute(
        TABLES.stream().map(table -> "DELETE FROM oceanbase." + own(table)).toArray(String[]::new));
    cluster.parameter("cluster", name);
    cluster.parameter("cluster_id", Long.toString(id));
    cluster.parameter("backup_backup_dest_option", "");
    cluster.tenant(1, "sys");
    return cluster;
  }

  private static String own(String table) {
    return table.equals(PARAMETERS) ? OWN_PARAMETERS : table;
  }

  /** Makes the tables that are not there, with the columns of 3.x. */
  public void makeTables() {
    TreeSet<String> present = new TreeSet<>();
    kernel
        .column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'oceanbase'")
        .forEach(table -> present.add(table.toLowerCase(Locale.ROOT)));
    List<String> statements = new ArrayList<>();
    Map<String, List<String>> columns = ViewColumns.read();
    for (String table : TABLES) {
      if (!present.contains(own(table).toLowerCase(Locale.ROOT))) {
        statements.add(create(own(table), columns.getOrDefault(table, List.of())));
      }
    }
    statements.add("CREATE USER IF NOT EXISTS " + USER + " IDENTIFIED BY '" + PASSWORD + "'");
    statements.add("GRANT SELECT ON oceanbase.* TO " + USER);
    statements.add("GRANT ALTER SYSTEM ON *.* TO " + USER);
    kernel.execute(statements.toArray(String[]::new));
  }

  private static String create(String table, List<String> columns) {
    List<String> definitions = new ArrayList<>();
    for (String column : columns) {
      int space = column.indexOf(' ');
      String type = column.substring(space + 1);
      definitions.add(
          "`"
              + column.substring(0, space)
              + "` "
              + (type.endsWith(" null") ? type : type + " NOT NULL"));
    }
    return "CREATE TABLE oceanbase.`" + table + "` (" + String.join(", ", definitions) + ")";
  }

  /** Returns the name that the parameter {@code cluster} shows. */
  public String name() {
    return name;
  }

  /** Returns the port on the loopback at which the cluster answers as 3.1.5. */
  public int port() {
    return proxy.port();
  }

  Kernel kernel() {
    return kernel;
  }

  /** Inserts a row with these values of its columns; all others get a default of their type. */
  public void insert(String view, Map<String, Object> values) {
    List<String> names = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    for (String column : ViewColumns.read().getOrDefault(view, List.of())) {
      String columnName = column.substring(0, column.indexOf(' '));
      names.add("`" + columnName + "`");
      literals.add(
          values.containsKey(columnName)
              ? literal(values.get(columnName))
              : standard(column.substring(column.indexOf(' ') + 1)));
    }
    kernel.execute(
        "INSERT INTO oceanbase.`%s` (%s) VALUES (%s)"
            .formatted(own(view), String.join(", ", names), String.join(", ", literals)));
  }

  private static String standard(String type) {
    if (type.endsWith(" null")) {
      return "NULL";
    }
    if (type.startsWith("varchar")) {
      return "''";
    }
    return type.startsWith("timestamp") || type.startsWith("time(") ? "'2026-01-02 03:04:05'" : "0";
  }

  private static String literal(Object value) {
    return value instanceof Number
        ? value.toString()
        : "'" + value.toString().replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private void parameter(String parameter, String value) {
    insert(
        PARAMETERS,
        Map.of("svr_ip", "127.0.0.1", "svr_port", 2882, "name", parameter, "value", value));
  }

  /** Adds a tenant. */
  public void tenant(long id, String tenantName) {
    insert("__all_tenant", Map.of("tenant_id", id, "tenant_name", tenantName));
  }

  /** Adds a backup set job of the cluster. */
  public void setJob(long id, String status) {
    job("CDB_OB_BACKUP_BACKUPSET_JOB", id, 1, status);
  }

  /** Adds a piece job of the cluster. */
  public void pieceJob(long id, String status) {
    job("CDB_OB_BACKUP_BACKUPPIECE_JOB", id, 1, status);
  }

  /** Adds a job of a tenant. */
  public void job(String view, long id, long tenantId, String status) {
    insert(
        view,
        Map.of(
            "JOB_ID", id,
            "TENANT_ID", tenantId,
            "INCARNATION", 1,
            "STATUS", status,
            "BACKUP_DEST", "file:///data/nfs/backup_backup"));
  }

  /** Starts the continuous archive: the flag is 1, and tenant 1 has a row. */
  public void archive(String status) {
    insert(
        "__all_tenant_backup_info",
        Map.of("tenant_id", 1, "name", "enable_auto_backup_archivelog", "value", "1"));
    insert(
        "CDB_OB_BACKUP_BACKUP_ARCHIVELOG",
        Map.of("TENANT_ID", 1, "LOG_ARCHIVE_ROUND", 1, "COPY_ID", 1, "STATUS", status));
  }

  /** Executes a statement that may come too late. */
  public void tryExecute(String statement) {
    try {
      kernel.execute(statement);
    } catch (IllegalStateException e) {
      // Too late, then.
      return;
    }
  }

  /** Does to the views what RootService would: any statement. */
  public void execute(String... statements) {
    kernel.execute(statements);
  }

  /** Returns the stop statements that arrived since this cluster was opened, in order. */
  public List<Arrived> arrived() {
    return kernel.actedSince(opened);
  }

  /** Has every look wait on the server until its timeout ends it. */
  public void sleepAtLooks() {
    proxy.rewrite(new Rule("effective_tenant_id()", "SLEEP(9999)+000000001"));
  }

  /** Forgets what arrived until now. */
  public void forgetArrived() {
    opened = kernel.mark();
  }

  /** Returns their texts. */
  public List<String> sent() {
    return arrived().stream().map(Arrived::sql).toList();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
