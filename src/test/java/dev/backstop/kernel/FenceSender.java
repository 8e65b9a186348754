package dev.backstop.kernel;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.config.Secret;
import dev.backstop.jdbc.ClusterPools;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.plan.Statement;
import dev.backstop.state.Permit;
import dev.backstop.testing.Readings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sends one permitted statement to each of some ports at once, as the daemon does. */
final class FenceSender {

  static final Duration STATEMENT = Duration.ofSeconds(2);

  private FenceSender() {}

  /** Sends in threads of their own; prints for each port when its lease ends, in milliseconds. */
  public static void main(String[] args) throws InterruptedException {
    Path passwordFile = Path.of(args[0]);
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      int port = Integer.parseInt(args[i]);
      Thread thread =
          new Thread(
              () -> {
                Instant grantedAt = Instant.now();
                System.out.println(
                    port + " " + leaseEnd(port, passwordFile, grantedAt).toEpochMilli());
                send(port, passwordFile, grantedAt);
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  static Instant leaseEnd(int port, Path passwordFile, Instant grantedAt) {
    return grantedAt.plus(settings(port, passwordFile).lease());
  }

  /** Sends one statement on a permit of that instant. */
  static void send(int port, Path passwordFile, Instant grantedAt) {
    Clock clock = Clock.systemUTC();
    try (ClusterPools pools = new ClusterPools(clock);
        OceanBaseCluster cluster =
            new OceanBaseCluster(settings(port, passwordFile), pools, clock)) {
      cluster.send(new Permit(1, "fence", Statement.CANCEL_BACKUPSET, Readings.at(grantedAt)));
    }
  }

  private static ClusterSettings settings(int port, Path passwordFile) {
    return new ClusterSettings(
        "fence",
        List.of(new Endpoint("127.0.0.1", port)),
        KernelCluster.USER + "@sys",
        new Secret(Secret.Source.FILE, passwordFile.toString()),
        new Tls(Tls.Mode.DISABLED, null),
        new Expect("fence", 1),
        Duration.ofSeconds(5),
        STATEMENT);
  }
}
