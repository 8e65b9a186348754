package dev.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backstop.testing.ScriptedCluster;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Does with a driver what programs do with it, step by step. */
final class DriverSession {

  private final DataSource source;
  private final ScriptedCluster cluster;

  DriverSession(DataSource source, ScriptedCluster cluster) {
    this.source = source;
    this.cluster = cluster;
  }

  void run() throws SQLException {
    try (Connection connection = source.getConnection()) {
      reads(connection);
      readsTypes(connection);
      prepares(connection);
      changes(connection);
      setsTheConnectionUp(connection);
      limits(connection);
      describes(connection);
      fails(connection);
      try (Connection second = source.getConnection()) {
        assertThat(strings(second, "SELECT 1")).containsExactly("1");
      }
      assertThat(connection.isValid(2)).isTrue();
    }
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return strings(rows, 1);
    }
  }

  private static List<String> strings(ResultSet rows, int column) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(String.valueOf(rows.getString(column)));
    }
    return values;
  }

  private static void reads(Connection connection) throws SQLException {
    assertThat(
            strings(
                connection,
                "SELECT STATUS FROM oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB ORDER BY JOB_ID"))
        .containsExactly("DOING", "SCHEDULE");
    assertThat(
            strings(connection, "SELECT BACKUP_DEST FROM oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB"))
        .containsExactly("null", "oss://bucket/\u5907\u4efd");
    assertThat(strings(connection, "SELECT @@version_comment"))
        .containsExactly("OceanBase 3.2.3.1 (r1-abc) (Built Jan 1 2023)");
  }

  private static void readsTypes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM oceanbase.CDB_OB_BACKUP_BACKUPSET_TASK ORDER BY JOB_ID")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong("JOB_ID")).isEqualTo(3);
      assertThat(rows.getObject("START_TIME", LocalDateTime.class))
          .isEqualTo(LocalDateTime.of(2026, 11, 23, 1, 2, 3, 450_000_000));
      assertThat(rows.getBigDecimal("COMPRESSION_RATIO")).isEqualByComparingTo("1.5");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject("START_TIME")).isNull();
      assertThat(rows.next()).isFalse();
    }
  }

  private static void prepares(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT tenant_id FROM oceanbase.__all_tenant WHERE tenant_name = ? OR ? = 'it''s'")) {
      statement.setString(1, "pay");
      statement.setString(2, "o'clock");
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(strings(rows, 1)).containsExactly("1001");
      }
    }
  }

  private void changes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("ALTER SYSTEM CANCEL BACKUP BACKUPSET")).isZero();
    }
    assertThat(cluster.statements()).contains("ALTER SYSTEM CANCEL BACKUP BACKUPSET");
  }

  private static void setsTheConnectionUp(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    assertThat(strings(connection, "SELECT @@autocommit")).containsExactly("0");
    connection.commit();
    connection.rollback();
    connection.setAutoCommit(true);
    assertThat(connection.getAutoCommit()).isTrue();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    assertThat(connection.getTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    assertThat(connection.isReadOnly()).isTrue();
    connection.setReadOnly(false);
    connection.setCatalog("oceanbase");
    assertThat(strings(connection, "SELECT database()")).containsExactly("oceanbase");
  }

  private static void limits(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(5);
      statement.setMaxRows(1);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM __all_tenant")) {
        assertThat(strings(rows, 1)).hasSize(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM __all_tenant")) {
        assertThat(strings(rows, 1)).containsExactly("1", "1001");
      }
    }
  }

  private static void describes(Connection connection) throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    try (ResultSet tables = meta.getTables("oceanbase", null, "CDB%PIECE%", null)) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getString("TABLE_NAME")).isEqualTo("CDB_OB_BACKUP_BACKUPPIECE_JOB");
    }
    try (ResultSet columns =
        meta.getColumns("oceanbase", null, "CDB_OB_BACKUP_BACKUPPIECE_JOB", null)) {
      List<String> names = new ArrayList<>();
      while (columns.next()) {
        names.add(columns.getString("COLUMN_NAME"));
      }
      assertThat(names).containsExactly("JOB_ID", "TENANT_ID", "STATUS", "BACKUP_DEST", "COMMENT");
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW PARAMETERS LIKE 'cluster'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("value")).isEqualTo("hz");
      assertThat(rows.getString("svr_ip")).isEqualTo("10.0.0.1");
    }
    assertThat(strings(connection, "SHOW TENANT")).containsExactly("sys");
  }

  private static void fails(Connection connection) {
    SQLException syntax =
        catchThrowableOfType(SQLException.class, () -> strings(connection, "SELECT FROM WHERE"));
    assertThat(syntax.getErrorCode()).isEqualTo(1064);
    assertThat(syntax.getSQLState()).isEqualTo("42000");
    SQLException absent =
        catchThrowableOfType(
            SQLException.class, () -> strings(connection, "SELECT * FROM oceanbase.absent"));
    assertThat(absent.getErrorCode()).isEqualTo(1146);
  }
}
