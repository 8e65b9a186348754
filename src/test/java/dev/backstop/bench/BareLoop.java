package dev.backstop.bench;

import dev.backstop.oceanbase.WholeLook;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What any program has to do: the same query on a kept connection, as often, and nothing else. */
final class BareLoop {

  private static final int PARALLELISM = 16;

  private final AtomicInteger looks = new AtomicInteger();

  private BareLoop() {}

  /**
   * Runs it, and prints {@code begun}, and looks and milliseconds of CPU.
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
              loop.look(port, FleetProcess.name(i + 1)),
              spacing * i,
              interval.toNanos(),
              TimeUnit.NANOSECONDS));
    }
    Thread.sleep(Duration.ofSeconds(Long.parseLong(arguments[3])).toMillis());
    loop.looks.set(0);
    Duration before = cpu();
    System.out.println("begun");
    Thread.sleep(Duration.ofSeconds(Long.parseLong(arguments[4])).toMillis());
    Duration used = cpu().minus(before);
    int counted = loop.looks.get();
    for (ScheduledFuture<?> look : looks) {
      if (look.isDone()) {
        look.get(); // A look that failed ends its schedule, and with it the comparison.
      }
    }
    System.out.println(counted + " " + used.toMillis());
    System.exit(0);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private Runnable look(int port, String cluster) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            "jdbc:mysql://127.0.0.1:" + port + "/oceanbase?sslMode=DISABLED",
            "root@sys#" + cluster,
            FleetProcess.PASSWORD);
    String sql = WholeLook.sql();
    return () -> {
      looks.incrementAndGet();
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
