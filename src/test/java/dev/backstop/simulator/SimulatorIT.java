package dev.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mysql.cj.jdbc.exceptions.MySQLQueryInterruptedException;
import com.mysql.cj.jdbc.exceptions.MySQLStatementCancelledException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.sql.Account;
import dev.backstop.simulator.wire.Door;
import dev.backstop.simulator.wire.WireFault;
import dev.backstop.testing.FaultyProxy;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import dev.backstop.testing.ScriptedCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorIT {

  private static final String PASSWORD = "s3cret-\u00fc";

  private final ScriptedCluster cluster = new ScriptedCluster();
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final Simulator simulator = start(Door.Kind.OBSERVER);

  private Simulator start(Door.Kind kind) {
    return Simulator.of(cluster)
        .rootPassword(PASSWORD)
        .account(Account.administrator("root", "pay", ""))
        .kind(kind)
        .statementLog((at, user, sql, error) -> log.add(user + " " + error + " " + sql))
        .start();
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private static HikariDataSource pool(String prefix, int port, String user, String options) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(prefix + "://127.0.0.1:" + port + "/oceanbase" + options);
    config.setUsername(user);
    config.setPassword(PASSWORD);
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(3_000);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static Connection connect(int port, String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + port + "/?connectTimeout=2000&socketTimeout=2000",
        user,
        password);
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return String.valueOf(rows.getString(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?useServerPrepStmts=true", "?useInformationSchema=false"})
  void servesConnectorJ(String options) throws SQLException {
    try (HikariDataSource pool = pool("jdbc:mysql", simulator.port(), "root@sys", options)) {
      new DriverSession(pool, cluster).run();
    }
    assertThat(log).contains("root@sys 0 ALTER SYSTEM CANCEL BACKUP BACKUPSET");
  }

  @Test
  void servesConnectorJBehindAProxyPort() throws SQLException {
    try (Simulator proxy = start(Door.Kind.OBPROXY);
        HikariDataSource pool = pool("jdbc:mysql", proxy.port(), "root@sys#hz", "")) {
      new DriverSession(pool, cluster).run();
    }
  }

  @Test
  void servesTheDriverOfOceanBase() throws SQLException {
    try (HikariDataSource pool = pool("jdbc:oceanbase", simulator.port(), "root@sys", "")) {
      new DriverSession(pool, cluster).run();
    }
  }

  @Test
  @Needs(Need.MARIADB_CLIENT)
  void servesTheCommandLineClient() throws IOException, InterruptedException {
    String script =
        "status; SELECT * FROM CDB_OB_BACKUP_BACKUPPIECE_JOB; SHOW PARAMETERS LIKE 'cluster%';"
            + " SHOW TENANT; SHOW DATABASES; SHOW TABLES; DESC __all_tenant; USE test; USE"
            + " oceanbase; SELECT database(); SET ob_query_timeout = 60000000; SELECT"
            + " @@ob_query_timeout; SHOW VARIABLES LIKE 'ob_query%'; BEGIN; COMMIT;"
            + " SHOW PROCESSLIST; SHOW WARNINGS; SELECT 'ä' FROM DUAL; ALTER SYSTEM CANCEL BACKUP"
            + " BACKUPPIECE; SELECT effective_tenant_id() AS tenant; SELECT COUNT(*) FROM"
            + " CDB_OB_BACKUP_BACKUPSET_TASK; SHOW FULL COLUMNS FROM __all_tenant;";
    String output = client("--auto-rehash", "-t", "-e", script);

    assertThat(output)
        .contains("5.7.25 OceanBase 3.2.3.1 (r1-abc)")
        .contains("DOING")
        .contains("60000000")
        .contains("Current_tenant_name")
        .contains("tenant_name")
        .doesNotContain("ERROR");
    assertThat(cluster.statements()).containsExactly("ALTER SYSTEM CANCEL BACKUP BACKUPPIECE");
    assertThat(client("-e", "SELEC 1")).contains("ERROR 1064 (42000)");
  }

  private String client(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mariadb",
                "--no-defaults",
                "-h127.0.0.1",
                "-P" + simulator.port(),
                "-uroot@sys",
                "-Doceanbase",
                "--default-character-set=utf8mb4"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MYSQL_PWD", PASSWORD);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void refusesWhoDoesNotKnowThePassword() {
    for (String user : List.of("root@sys", "nobody@sys", "root@nowhere", "root@sys#hz")) {
      String password = user.equals("root@sys#hz") ? PASSWORD : "wrong";
      SQLException refused =
          catchThrowableOfType(
              SQLException.class, () -> connect(simulator.port(), user, password).close());
      assertThat(refused.getErrorCode()).as(user).isEqualTo(1045);
      assertThat(refused.getSQLState()).isEqualTo("42000");
    }
  }

  @Test
  void routesByClusterNameOnAProxyPort() throws SQLException {
    try (Simulator proxy = start(Door.Kind.OBPROXY)) {
      for (String user : List.of("root@sys#hz", "root@sys#hz:7", "hz:sys:root", "root@sys")) {
        try (Connection connection = connect(proxy.port(), user, PASSWORD)) {
          assertThat(first(connection, "SHOW TENANT")).isEqualTo("sys");
          assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("5.6.25");
        }
      }
      SQLException elsewhere =
          catchThrowableOfType(
              SQLException.class, () -> connect(proxy.port(), "root@sys#sh", PASSWORD).close());
      assertThat(elsewhere.getErrorCode()).isEqualTo(1045);
    }
  }

  @Test
  void endsAHungStatementAtTheQueryTimeout() throws SQLException {
    cluster.replyToStatements(Reply.hung());
    try (Connection connection = connect(simulator.port(), "root", PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION ob_query_timeout = 100000");
      SQLException timeout =
          catchThrowableOfType(
              SQLException.class, () -> statement.execute("ALTER SYSTEM CANCEL BACKUP BACKUPSET"));

      assertThat(timeout.getErrorCode()).isEqualTo(4012);
      assertThat(timeout.getSQLState()).isEqualTo("HY000");
      assertThat(first(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void letsAHungStatementGoWithItsClient() throws SQLException {
    cluster.replyToStatements(Reply.hung());
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + simulator.port() + "/?socketTimeout=200",
                "root",
                PASSWORD);
        Statement statement = connection.createStatement()) {
      SQLException lost =
          catchThrowableOfType(
              SQLException.class, () -> statement.execute("ALTER SYSTEM CANCEL BACKUP BACKUPSET"));
      assertThat(lost.getSQLState()).isEqualTo("08S01");
    }
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> simulator.clients() == 0);
  }

  @Test
  void cutsTheConnectionWhereTheClusterSaysSo() throws SQLException {
    cluster.replyToLooks(Reply.cut());
    try (Connection connection = connect(simulator.port(), "root", PASSWORD)) {
      SQLException lost =
          catchThrowableOfType(
              SQLException.class, () -> first(connection, "SELECT 1 FROM oceanbase.__all_tenant"));
      assertThat(lost.getSQLState()).isEqualTo("08S01");
    }
    assertThat(log).contains("root@sys -1 SELECT 1 FROM oceanbase.__all_tenant");
  }

  @Test
  void killsSessions() throws SQLException {
    try (Connection victim = connect(simulator.port(), "root", PASSWORD);
        Connection other = connect(simulator.port(), "root", PASSWORD);
        Statement statement = other.createStatement()) {
      statement.execute("KILL " + first(victim, "SELECT connection_id()"));

      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> simulator.clients() == 1);
      assertThat(victim.isValid(1)).isFalse();
    }
  }

  /** The wait of 30 s would end the test if the sleep were not ended before. */
  private static SQLException sleepEndedBy(Connection sleeper, Ending ending) throws Exception {
    try (Statement statement = sleeper.createStatement()) {
      FutureTask<SQLException> sleep =
          new FutureTask<>(
              () ->
                  catchThrowableOfType(
                      SQLException.class, () -> statement.execute("SELECT sleep(30)")));
      Thread thread = new Thread(sleep);
      thread.start();
      // Whether the statement has reached the server can't be seen: it is ended until it ends.
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                ending.of(statement);
                return sleep.isDone();
              });
      return sleep.get();
    }
  }

  private interface Ending {
    void of(Statement statement) throws SQLException;
  }

  @Test
  void endsASleepByKillQuery() throws Exception {
    try (Connection sleeper = patient();
        Connection other = patient();
        Statement kill = other.createStatement()) {
      String id = first(sleeper, "SELECT connection_id()");
      SQLException ended = sleepEndedBy(sleeper, sleeping -> kill.execute("KILL QUERY " + id));

      assertThat(ended.getErrorCode()).isEqualTo(1317);
      assertThat(ended.getSQLState()).isEqualTo("70100");
      assertThat(first(sleeper, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void endsASleepWhereTheDriverCancels() throws Exception {
    try (Connection sleeper = patient()) {
      SQLException ended = sleepEndedBy(sleeper, Statement::cancel);

      // Which of the two depends on whether the driver has noted its own cancel by then.
      assertThat((Exception) ended)
          .isInstanceOfAny(
              MySQLStatementCancelledException.class, MySQLQueryInterruptedException.class);
      assertThat(first(sleeper, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void endsASleepAtTheTimeoutOfTheDriver() throws SQLException {
    try (Connection sleeper = patient();
        Statement statement = sleeper.createStatement()) {
      statement.setQueryTimeout(1);

      assertThatThrownBy(() -> statement.execute("SELECT sleep(30)"))
          .isInstanceOf(SQLTimeoutException.class);
      statement.setQueryTimeout(0);
      assertThat(first(sleeper, "SELECT 1")).isEqualTo("1");
    }
  }

  /** Connects without any limit of the driver's own. */
  private Connection patient() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            "jdbc:mysql://127.0.0.1:" + simulator.port() + "/", "root", PASSWORD);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION ob_query_timeout = 60000000");
    }
    return connection;
  }

  @Test
  void survivesWhateverBytesArrive() throws IOException, SQLException {
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        socket.getOutputStream().write(noise);
      }
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
      socket.getOutputStream().write(new byte[] {-1, -1, -1, 1});
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(10_000);
      assertThat(in.readAllBytes()).isNotEmpty();
    }
    try (Connection connection = connect(simulator.port(), "root", PASSWORD)) {
      assertThat(first(connection, "SELECT 1")).isEqualTo("1");
    }
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> simulator.clients() == 0);
  }

  @Test
  void refusesAPacketAboveTheLimit() throws SQLException {
    String url =
        "jdbc:mysql://127.0.0.1:" + simulator.port() + "/?maxAllowedPacket=16000000&user=root";
    Properties properties = new Properties();
    properties.put("password", PASSWORD);
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      String large = "SELECT '" + "x".repeat(5_000_000) + "'";
      assertThatThrownBy(() -> first(connection, large)).isInstanceOf(SQLException.class);
    }
    try (Connection connection = connect(simulator.port(), "root", PASSWORD)) {
      assertThat(first(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void failsAsItIsTold() throws SQLException {
    for (WireFault fault :
        List.of(WireFault.refuse(), WireFault.silence(), WireFault.cutAfter(100))) {
      simulator.fail(fault);
      SQLException lost =
          catchThrowableOfType(
              SQLException.class, () -> connect(simulator.port(), "root", PASSWORD).close());
      assertThat(lost.getSQLState()).as(fault.toString()).startsWith("08");
    }
    simulator.fail(WireFault.none());
    try (Connection connection = connect(simulator.port(), "root", PASSWORD)) {
      assertThat(first(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void canBeReachedThroughAFaultyProxy() throws SQLException, IOException {
    try (FaultyProxy proxy = FaultyProxy.to(simulator.port());
        Connection connection = connect(proxy.port(), "root", PASSWORD)) {
      proxy.latency(Duration.ofMillis(5));
      assertThat(first(connection, "SELECT 1")).isEqualTo("1");
      proxy.blackhole();
      assertThat(
              catchThrowableOfType(SQLException.class, () -> first(connection, "SELECT 1"))
                  .getSQLState())
          .isEqualTo("08S01");
      proxy.pass();
      try (Connection fresh = connect(proxy.port(), "root", PASSWORD)) {
        proxy.reset();
        assertThat(
                catchThrowableOfType(SQLException.class, () -> first(fresh, "SELECT 1"))
                    .getSQLState())
            .isEqualTo("08S01");
      }
    }
  }

  @Test
  void answersALookQuicklyHoweverOftenItIsAsked() throws SQLException {
    String look =
        "SELECT /*+ READ_CONSISTENCY(STRONG) */ 'server' AS arm, @@version_comment AS a,"
            + " ob_version() AS b, CAST(NULL AS CHAR) AS c UNION ALL SELECT 'parameter', name,"
            + " value, CAST(svr_port AS CHAR) FROM oceanbase.__all_virtual_sys_parameter_stat"
            + " WHERE svr_ip = host_ip() AND svr_port = rpc_port() UNION ALL SELECT 'flag', name,"
            + " value, NULL FROM oceanbase.__all_tenant_backup_info WHERE tenant_id = 1"
            + " UNION ALL SELECT 'piece', CAST(JOB_ID AS CHAR), STATUS, BACKUP_DEST FROM"
            + " oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB UNION ALL SELECT 'tenant',"
            + " CAST(tenant_id AS CHAR), tenant_name, NULL FROM oceanbase.__all_tenant";
    try (Connection connection = connect(simulator.port(), "root", PASSWORD);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 300; i++) {
        count(statement, look);
      }
      long start = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        assertThat(count(statement, look)).isEqualTo(10);
      }
      Duration each = Duration.ofNanos((System.nanoTime() - start) / 200);
      assertThat(each).isLessThan(Duration.ofMillis(100));
    }
  }

  private static int count(Statement statement, String sql) throws SQLException {
    int count = 0;
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        count++;
      }
    }
    return count;
  }

  /** As the server's timer, which runs every 5 s: up to so much late, by chance. */
  @Test
  void dropsSessionsThatAreSilentForLongerThanTheirWaitTimeout_eachLateByChance()
      throws SQLException {
    List<Connection> silent = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < 12; i++) {
      Connection connection = connect(simulator.port(), "root@sys", PASSWORD);
      silent.add(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION wait_timeout = 1");
      }
    }
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> simulator.clients() == 0);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
    for (Connection connection : silent) {
      assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
  }
}
