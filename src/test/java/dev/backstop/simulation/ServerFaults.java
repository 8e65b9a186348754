package dev.backstop.simulation;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.TenantId;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Fault;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Starts copies, and disturbs servers and the ways to them. */
final class ServerFaults {

  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final List<String> VIEWS =
      List.of(
          "__all_tenant_backup_info",
          "__all_tenant",
          "CDB_OB_BACKUP_BACKUPSET_JOB",
          "CDB_OB_BACKUP_BACKUPPIECE_JOB",
          "CDB_OB_BACKUP_BACKUP_ARCHIVELOG");

  private static final List<ShownDestination> UNREADABLE =
      List.of(ShownDestination.NONE, ShownDestination.CUT, ShownDestination.TWO);

  private final World world;
  private int names;

  ServerFaults(World world) {
    this.world = world;
  }

  void start(Action action, String cluster, Random chance) {
    VirtualCluster server = world.server(cluster);
    server.advance(world.time().now());
    boolean ofTenant = chance.nextInt(3) == 0;
    CopyRequest request =
        ofTenant
            ? CopyRequest.ofTenant(1001 + chance.nextInt(2), "file:///nfs/t" + ++names)
            : CopyRequest.all();
    int pieces = chance.nextInt(3);
    try {
      switch (action) {
        case START_SET -> server.startSetJob(request);
        case START_PIECES -> {
          server.startPieceJob(request);
          for (int i = 0; i < pieces; i++) {
            server.startPieceJob(CopyRequest.all());
          }
        }
        default -> server.startArchive();
      }
      world.note(() -> action + " on " + cluster + " " + request);
    } catch (IllegalStateException refused) {
      world.note(() -> action + " on " + cluster + " refused: " + refused.getMessage());
    }
  }

  /** Starts a copy of the whole cluster to where no policy that lists destinations permits it. */
  void startElsewhere(String cluster, Random chance) {
    VirtualCluster server = world.server(cluster);
    server.advance(world.time().now());
    CopyRequest request = CopyRequest.all().to("file:///elsewhere/" + ++names);
    try {
      if (chance.nextBoolean()) {
        server.startSetJob(request);
      } else {
        server.startPieceJob(request);
      }
      world.note(() -> "a copy elsewhere on " + cluster);
    } catch (IllegalStateException refused) {
      world.note(() -> "a copy elsewhere on " + cluster + ": " + refused.getMessage());
    }
  }

  void disturbServer(Action action, String cluster, Random chance) {
    Instant now = world.time().now();
    VirtualCluster server = world.server(cluster);
    ArmedFaults armedFaults = world.armedFaults(cluster);
    server.advance(now);
    switch (action) {
      case SERVER_FAULT -> {
        Fault fault = FAULTS.get(chance.nextInt(FAULTS.size()));
        armedFaults.arm(fault, now, now.plusSeconds(10 + chance.nextInt(300)));
        world.note(() -> fault + " at " + cluster);
      }
      case SWITCH_ROOTSERVICE ->
          armedFaults.switchRootService(
              now, Duration.ofSeconds(chance.nextInt(60)), Duration.ofSeconds(chance.nextInt(600)));
      case HIDE_VIEW -> {
        server.faults().hideView(VIEWS.get(chance.nextInt(VIEWS.size())));
        armedFaults.withholdView();
      }
      case DENY_TABLE -> {
        server.faults().denyTable(VIEWS.get(chance.nextInt(VIEWS.size())));
        armedFaults.withholdView();
      }
      default -> armedFaults.clear();
    }
  }

  void disturbRoute(Action action, String cluster, Random chance) {
    InProcessCluster.Route route = world.route(cluster);
    switch (action) {
      case WRONG_SERVER -> route.leadTo(world.foreign());
      case MODERN_SERVER -> route.leadTo(world.modern(cluster));
      case WRONG_TENANT -> route.enter(new TenantId(1001));
      case DEAD_ENDPOINT ->
          route.refuse(
              chance.nextBoolean() ? BlindSpot.Cause.UNREACHABLE : BlindSpot.Cause.LOGIN_REFUSED);
      case HIDE_DESTINATIONS ->
          route.showDestinations(
              world.shape().limits() == LimitScope.ALL
                  ? UNREADABLE.get(chance.nextInt(UNREADABLE.size()))
                  : ShownDestination.NONE);
      case SERVER_CLOCK -> route.clockOff(Duration.ofMinutes(chance.nextInt(40) - 20));
      case SLOW_NETWORK -> route.delay(Duration.ofMillis(200 + chance.nextInt(1300)));
      default -> heal(cluster);
    }
  }

  private void heal(String cluster) {
    InProcessCluster.Route route = world.route(cluster);
    route.leadTo(world.server(cluster));
    route.enter(TenantId.SYS);
    route.refuse(null);
    route.delay(Duration.ofMillis(2));
    route.showDestinations(ShownDestination.WHOLE);
    route.clockOff(Duration.ZERO);
  }

  /** Ends every trouble of the servers. */
  void calm() {
    for (String cluster : world.servers().keySet()) {
      world.armedFaults(cluster).clear();
      heal(cluster);
    }
  }
}
