package dev.backstop.bench;

import dev.backstop.oceanbase.WholeLook;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What any program has to do: the same query on a kept connection, as often, and nothing else. */
final class BareLoop {

  private static final int PARALLELISM = 16;

  private final List<Long> lateness = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean isMeasuring;

  private BareLoop() {}

  /**
   * Runs it, and prints looks, milliseconds of CPU and p99 of the lateness in milliseconds.
   *
   * @param arguments the fleet's port, how many clusters, the interval, the time to warm up and the
   *     time to measure, in seconds
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int clusters = Integer.parseInt(arguments[1]);
    Duration interval = Duration.ofSeconds(Long.parseLong(arguments[2]));
    BareLoop loop = new BareLoop();
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(PARALLELISM);
    long spacing = interval.toNanos() / clusters;
    List<ScheduledFuture<?>> looks = new ArrayList<>();
    for (int i = 0; i < clusters; i++) {
      looks.add(
          threads.scheduleAtFixedRate(
              loop.look(port, FleetProcess.name(i + 1), spacing * i, interval.toNanos()),
              spacing * i,
              interval.toNanos(),
              TimeUnit.NANOSECONDS));
    }
    Thread.sleep(Duration.ofSeconds(Long.parseLong(arguments[3])).toMillis());
    loop.isMeasuring = true;
    Duration before = cpu();
    Thread.sleep(Duration.ofSeconds(Long.parseLong(arguments[4])).toMillis());
    Duration used = cpu().minus(before);
    loop.isMeasuring = false;
    for (ScheduledFuture<?> look : looks) {
      if (look.isDone()) {
        look.get(); // A look that failed ends its schedule, and with it the comparison.
      }
    }
    List<Long> late = List.copyOf(loop.lateness);
    System.out.printf(
        "%s %s %s%n", late.size(), used.toMillis(), Quantile.of(0.99, late) / 1_000_000.0);
    System.exit(0);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private Runnable look(int port, String cluster, long delay, long interval) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            "jdbc:mysql://127.0.0.1:" + port + "/oceanbase?sslMode=DISABLED",
            "root@sys#" + cluster,
            FleetProcess.PASSWORD);
    String sql = WholeLook.sql();
    long[] due = {System.nanoTime() + delay};
    return () -> {
      long late = System.nanoTime() - due[0];
      due[0] += interval;
      if (isMeasuring) {
        lateness.add(Math.max(0, late));
      }
      read(connection, sql);
    };
  }

  private static void read(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          rows.getString(column);
        }
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
