package dev.backstop.bench;

import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.io.IOException;
import java.time.Clock;

/** The fleet: idle stand-ins in one process, until its standard input ends. */
final class FleetProcess {

  static final String PASSWORD = "stand-in";

  private FleetProcess() {}

  /** Starts as many clusters as the argument says, and prints a line with the port of each. */
  public static void main(String[] arguments) throws IOException {
    Clock clock = Clock.systemUTC();
    for (int id = 1; id <= Integer.parseInt(arguments[0]); id++) {
      ClusterSettings settings =
          ClusterSettings.builder().identity(name(id), id).edition(Edition.EE_3_2_4).build();
      VirtualCluster cluster = new VirtualCluster(settings, clock.instant());
      Simulator simulator = Simulator.of(cluster).rootPassword(PASSWORD).clock(clock).start();
      System.out.println(simulator.port());
    }
    while (System.in.read() >= 0) {
      // Whoever started it keeps the input open.
    }
    System.exit(0);
  }

  /** Returns the name of a cluster. */
  static String name(int id) {
    return "bench-%05d".formatted(id);
  }
}
