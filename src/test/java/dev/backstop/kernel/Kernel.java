package dev.backstop.kernel;

import dev.backstop.testing.Need;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * OceanBase kernel in a process of its own, one for all tests of this JVM; it ends with the JVM.
 * Not for several threads.
 */
public final class Kernel {

  private static final AtomicInteger MARKS = new AtomicInteger();

  private static @Nullable Kernel shared;

  private final Path folder;
  private final int port;
  private Process process;

  private Kernel(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.process = launch(folder, port);
  }

  /** Returns the kernel of this JVM; the first call starts it, which takes some 5 s. */
  public static synchronized Kernel shared() {
    Kernel kernel = shared;
    if (kernel == null) {
      try {
        kernel = new Kernel(Files.createTempDirectory("backstop-kernel"), freePort());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      shared = kernel;
      kernel.execute("SET GLOBAL ob_sql_audit_percentage = 40");
    }
    return kernel;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process launch(Path folder, int port) {
    try {
      Path script = Files.createTempFile("backstop-kernel", ".py");
      Files.writeString(script, script());
      Process process =
          new ProcessBuilder(
                  Need.KERNEL.require().toString(),
                  script.toString(),
                  folder.resolve("data").toString(),
                  Integer.toString(port))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      awaitReady(process);
      Files.delete(script);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String script() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Kernel.class.getResourceAsStream("kernel.py"), "kernel.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void awaitReady(Process process) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals("ready")) {
        return;
      }
      lines.add(line);
    }
    throw new IllegalStateException("the kernel did not start: " + lines);
  }

  /** Returns the port of the MySQL protocol on the loopback. */
  public int port() {
    return port;
  }

  /** Opens a session of root in the database {@code oceanbase}. */
  public Connection connect() throws SQLException {
    return connect("root", "");
  }

  /** Opens a session in the database {@code oceanbase}. */
  public Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:"
            + port
            + "/oceanbase?sslMode=DISABLED&useServerPrepStmts=false&socketTimeout=30000"
            + "&connectTimeout=5000&allowPublicKeyRetrieval=false",
        user,
        password);
  }

  /** Executes statements as root, one after the other. */
  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(String.join("; ", statements), e);
    }
  }

  /** Returns the first column of a query of root's, as text. */
  public List<String> column(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** A point of the audit that is looked for again, as the audit forgets when it is full. */
  public record Mark(Instant at, String sql) {}

  /** Leaves a statement of its own in the audit. */
  public Mark mark() {
    Mark mark = new Mark(Instant.now(), "SELECT 'mark " + MARKS.incrementAndGet() + "'");
    column(mark.sql());
    return mark;
  }

  /**
   * Returns what acts and arrived since a mark, as the audit has it, in order.
   *
   * @throws IllegalStateException where the audit has forgotten what came so early
   */
  public List<KernelCluster.Arrived> actedSince(Mark mark) {
    String audit = " FROM oceanbase.GV$OB_SQL_AUDIT WHERE is_inner_sql = 0 AND ";
    if (column("SELECT query_sql" + audit + "query_sql = '" + mark.sql().replace("'", "''") + "'")
        .isEmpty()) {
      throw new IllegalStateException("the audit has forgotten " + mark);
    }
    String sql =
        "SELECT query_sql, ret_code, request_time, elapsed_time, client_port"
            + audit
            + "(query_sql LIKE 'ALTER SYSTEM%' OR query_sql LIKE 'SELECT SLEEP(99)%')"
            + " AND request_time >= "
            + ChronoUnit.MICROS.between(Instant.EPOCH, mark.at())
            + " ORDER BY request_time";
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<KernelCluster.Arrived> found = new ArrayList<>();
      while (rows.next()) {
        Instant at = Instant.EPOCH.plus(rows.getLong(3), ChronoUnit.MICROS);
        Instant end = at.plus(rows.getLong(4), ChronoUnit.MICROS);
        found.add(
            new KernelCluster.Arrived(rows.getString(1), rows.getInt(2), at, end, rows.getInt(5)));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Sends a signal to its process, such as {@code STOP}. */
  public void signal(String name) {
    signal(process.pid(), name);
  }

  static void signal(long pid, String name) {
    try {
      int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends its process as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again on the same data and port. */
  public void start() {
    process = launch(folder, port);
  }
}
