package dev.backstop.simulation;

import dev.backstop.observation.Observation;
import dev.backstop.plan.Situation.ExpectedIdentity;
import dev.backstop.reconcile.Actor;
import dev.backstop.reconcile.Cluster;
import dev.backstop.reconcile.Outcome;
import dev.backstop.reconcile.Permit;
import dev.backstop.reconcile.Store;
import dev.backstop.reconcile.StoreException;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.testing.RecordingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds clusters, folder and store, which outlive the daemon, and lets the daemon live in them. */
final class World implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  static final Duration GRACE = Duration.ofSeconds(30);
  static final long ID = 7;

  private final VirtualTime time = new VirtualTime(START);
  private final Doors doors = new Doors();
  private final Cabinet cabinet = new Cabinet(time);
  private final RecordingStore store = new RecordingStore();
  private final Map<String, VirtualCluster> servers = new TreeMap<>();
  private final Map<String, InProcessCluster.Route> routes = new TreeMap<>();
  private final VirtualCluster foreign;
  private final VirtualCluster modern;
  private final Referee referee;
  private final int maxStopsAtOnce;
  private final Omission omission;
  private final List<String> diary = new ArrayList<>();
  private @Nullable SimulatedDaemon daemon;
  private Instant startAt = START;

  World(List<ClusterSettings> clusters, int maxStopsAtOnce, Omission omission) {
    this.omission = omission;
    store.weaken(omission.storeWeakness());
    this.maxStopsAtOnce = maxStopsAtOnce;
    for (ClusterSettings settings : clusters) {
      VirtualCluster server = new VirtualCluster(settings, START.minusSeconds(600));
      server.advance(START);
      servers.put(settings.name(), server);
      InProcessCluster.Route route = new InProcessCluster.Route("10.0.0.1:2881", server);
      route.hasGate(!omission.lacksGate());
      routes.put(settings.name(), route);
    }
    foreign = new VirtualCluster(ClusterSettings.builder().identity("foreign", 99).build(), START);
    modern =
        new VirtualCluster(
            ClusterSettings.builder().identity("c1", ID).edition(Edition.CE_4_2).build(), START);
    referee = new Referee(time, cabinet, GRACE, servers);
  }

  VirtualTime time() {
    return time;
  }

  Doors doors() {
    return doors;
  }

  Cabinet cabinet() {
    return cabinet;
  }

  RecordingStore store() {
    return store;
  }

  Referee referee() {
    return referee;
  }

  Omission omission() {
    return omission;
  }

  int maxStopsAtOnce() {
    return maxStopsAtOnce;
  }

  Map<String, VirtualCluster> servers() {
    return servers;
  }

  InProcessCluster.Route route(String cluster) {
    InProcessCluster.Route route = routes.get(cluster);
    if (route == null) {
      throw new IllegalArgumentException("no cluster " + cluster);
    }
    return route;
  }

  VirtualCluster foreign() {
    return foreign;
  }

  VirtualCluster modern() {
    return modern;
  }

  List<String> diary() {
    return diary;
  }

  void note(String words) {
    diary.add(time.now() + " " + words);
  }

  /** A cycle or a turn failed; a fault of ours is the referee's business. */
  void failed(String what, String words) {
    note("! " + what + ": " + words);
    if (words.startsWith("a fault of Backstop")) {
      referee.faults().add(time.now() + " " + what + ": " + words);
    }
  }

  void folderChanged(boolean isNoticed) {
    if (daemon != null && isNoticed) {
      daemon.folderChanged();
    }
  }

  /** Lets the daemon end now and start again after a while. */
  void down(Duration pause) {
    daemon = null;
    doors.crashAt(0);
    startAt = time.now().plus(pause);
  }

  /** Lets a daemon that is down start at once. */
  void startNow() {
    startAt = time.now();
  }

  /** Tells whether the next calls of the daemon may end in its death or a failure. */
  boolean isTroubled() {
    return doors.isCrashDue() || store.isOneFaultDue();
  }

  /** Leaves a heartbeat that the daemon left at a turn which was not played. */
  void beat(Actor actor, Instant trueTime) {
    Instant wall = time.wall().minus(Duration.between(trueTime, time.now()));
    try {
      store.heartbeat(actor, wall);
      referee.library().beat(wall);
    } catch (StoreException failed) {
      // A store that fails all the time took no heartbeat either.
    }
  }

  /** Is called before anything happens in the world. */
  void disturb() {
    SimulatedDaemon living = daemon;
    if (living != null) {
      living.disturb();
    }
  }

  /** Lives on until then. */
  void live(Instant until) {
    while (time.now().isBefore(until)) {
      Instant next = earliest(daemon == null ? startAt : daemon.next(), time.nextEvent(), until);
      time.passUntil(next);
      SimulatedDaemon living = daemon;
      try {
        if (living != null) {
          if (!living.next().isAfter(time.now())) {
            living.run();
          }
        } else if (!time.now().isBefore(startAt)) {
          begin();
        }
      } catch (Crash crash) {
        note("crashed " + crash.getMessage());
        down(Duration.ofSeconds(1));
      }
    }
  }

  private static Instant earliest(Instant... instants) {
    return Stream.of(instants).min(Instant::compareTo).orElseThrow();
  }

  private void begin() {
    referee.restarted();
    Store door = StoreDoor.before(store, doors, time, referee, omission);
    Map<String, Cluster> clusters = new LinkedHashMap<>();
    routes.forEach((name, route) -> clusters.put(name, reach(name, route)));
    SimulatedDaemon started = new SimulatedDaemon(this, door, clusters);
    try {
      started.start();
      daemon = started;
      note("daemon started");
    } catch (StoreException e) {
      note("daemon did not start: " + e.getMessage());
      startAt = time.now().plusSeconds(1);
    }
  }

  private Cluster reach(String name, InProcessCluster.Route route) {
    Cluster inner =
        new InProcessCluster(route, name, new ExpectedIdentity(name, ID), time, referee);
    return new Cluster() {
      @Override
      public Observation look(Set<String> tenantNames) {
        return doors.through("look", () -> inner.look(tenantNames));
      }

      @Override
      public Outcome send(Permit permit) {
        note("-> " + name + " " + permit.statement());
        Outcome outcome = doors.through("send", () -> inner.send(permit));
        note("<- " + name + " " + outcome.result() + " " + outcome.words());
        return outcome;
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }

  @Override
  public void close() {
    cabinet.close();
  }
}
