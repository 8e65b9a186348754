package dev.backstop.simulation;

import dev.backstop.observation.Observation;
import dev.backstop.plan.PlanInput.ExpectedIdentity;
import dev.backstop.policy.HoldReason;
import dev.backstop.reconcile.Cluster;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.state.Actor;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.TransientStore;
import dev.backstop.testing.RecordingStore;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.TimelineInstant;
import dev.backstop.timeline.TimelineNote;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds clusters, folder and store, which outlive the daemons, and lets these live in them. */
final class World implements AutoCloseable, VirtualTime.Events {

  static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  static final Duration GRACE = Duration.ofSeconds(30);
  static final long ID = 7;
  static final Actor DAEMON = new Actor("daemon", "daemon", "daemon");

  private final Shape shape;
  private final Omission omission;
  private final VirtualTime time = new VirtualTime(START);
  private final CallPoints callPoints = new CallPoints();
  private final FakeFolder folder;
  private final RecordingStore store = new RecordingStore();
  private final Map<String, VirtualCluster> servers = new TreeMap<>();
  private final Map<String, InProcessCluster.Route> routes = new TreeMap<>();
  private final Map<String, ArmedFaults> armedFaults = new TreeMap<>();
  private final VirtualCluster foreign;
  private final Map<String, VirtualCluster> modern = new TreeMap<>();
  private final Referee referee;
  private final VirtualTime.Events story;
  private final List<Supplier<String>> trace = new ArrayList<>();
  private final List<Life> lives = new ArrayList<>();
  private boolean isStoreLost;
  private boolean confObserves;
  private String lacking = "";

  /**
   * Says what a world is like from its beginning.
   *
   * @param clusters their servers
   * @param maxStopsAtOnce the hourly budget
   * @param unexpected clusters for which the configuration expects no identity
   * @param confObserves whether the configuration only observes at first
   * @param isLinked whether the policy folder is a symbolic link
   * @param isMixed whether files have names of every script, and links and subfolders are among
   *     them
   * @param limits which limits policies have
   * @param every when to look by default
   */
  record Shape(
      List<ClusterSettings> clusters,
      int maxStopsAtOnce,
      Set<String> unexpected,
      boolean confObserves,
      boolean isLinked,
      boolean isMixed,
      LimitScope limits,
      Duration every) {

    Shape {
      clusters = List.copyOf(clusters);
      unexpected = Set.copyOf(unexpected);
    }
  }

  /** Is one process, from its start to its end and over again. */
  private static final class Life {
    private final Actor actor;
    private Instant endAt;
    private @Nullable SimulatedDaemon daemon;
    private Instant startAt;
    private boolean isRunning;

    /** The process that ends after the call in which it stands. */
    private @Nullable SimulatedDaemon ending;

    Life(Actor actor, Instant startAt, Instant endAt) {
      this.actor = actor;
      this.startAt = startAt;
      this.endAt = endAt;
    }

    Instant next() {
      if (isRunning) {
        return Instant.MAX;
      }
      SimulatedDaemon living = daemon;
      Instant next = living == null ? startAt : living.next();
      return next.isBefore(endAt) ? next : endAt;
    }

    /** A process that ends already is still the one that ends. */
    void end() {
      ending = isRunning ? process() : null;
      daemon = null;
    }

    /** Returns the process, which may be ending; null where there is none. */
    @Nullable SimulatedDaemon process() {
      return daemon == null ? ending : daemon;
    }
  }

  World(Shape shape, Omission omission, Function<World, VirtualTime.Events> story) {
    this.shape = shape;
    this.omission = omission;
    store.weaken(omission.storeWeakness());
    this.folder = new FakeFolder(time, shape.isLinked(), shape.isMixed());
    this.confObserves = shape.confObserves();
    for (ClusterSettings settings : shape.clusters()) {
      VirtualCluster server = new VirtualCluster(settings, START.minusSeconds(600));
      server.advance(START);
      servers.put(settings.name(), server);
      InProcessCluster.Route route = new InProcessCluster.Route("10.0.0.1:2881", server);
      route.hasGate(!omission.lacks(Omission.Habit.GATE));
      routes.put(settings.name(), route);
    }
    foreign = new VirtualCluster(ClusterSettings.builder().identity("foreign", 99).build(), START);
    referee = new Referee(shape, time, folder, servers);
    servers.forEach(
        (name, server) -> armedFaults.put(name, new ArmedFaults(server, referee.counts())));
    lives.add(new Life(DAEMON, START, Instant.MAX));
    this.story = story.apply(this);
    time.events(this);
  }

  Shape shape() {
    return shape;
  }

  Omission omission() {
    return omission;
  }

  VirtualTime time() {
    return time;
  }

  CallPoints callPoints() {
    return callPoints;
  }

  FakeFolder folder() {
    return folder;
  }

  RecordingStore store() {
    return store;
  }

  Referee referee() {
    return referee;
  }

  boolean confObserves() {
    return confObserves;
  }

  /** Lists the clusters that the configuration only observes. */
  Set<String> observed() {
    return confObserves ? servers.keySet() : shape.unexpected();
  }

  Map<String, VirtualCluster> servers() {
    return servers;
  }

  @Nullable ExpectedIdentity expect(String cluster) {
    return shape.unexpected().contains(cluster) ? null : new ExpectedIdentity(cluster, ID);
  }

  private static <T> T of(Map<String, T> all, String cluster) {
    T one = all.get(cluster);
    if (one == null) {
      throw new IllegalArgumentException("no cluster " + cluster);
    }
    return one;
  }

  VirtualCluster server(String cluster) {
    return of(servers, cluster);
  }

  InProcessCluster.Route route(String cluster) {
    return of(routes, cluster);
  }

  ArmedFaults armedFaults(String cluster) {
    return of(armedFaults, cluster);
  }

  VirtualCluster foreign() {
    return foreign;
  }

  /** Returns what a cluster has become after an upgrade. */
  VirtualCluster modern(String cluster) {
    return modern.computeIfAbsent(
        cluster,
        name ->
            new VirtualCluster(
                ClusterSettings.builder().identity(name, ID).edition(Edition.CE_4_2).build(),
                START));
  }

  /** Returns what happened, as text. */
  List<String> trace() {
    return trace.stream().map(Supplier::get).toList();
  }

  /** Reads the clocks as a command does, which goes on from what the store has noted. */
  ClockReading reading() {
    TimelineNote noted = store.timelineNote();
    return new ClockReading(
        noted == null ? new TimelineInstant(time.wall()) : noted.at(),
        time.wall(),
        new ElapsedTime.Reading(0, 0));
  }

  /** Notes something; the words are made only for somebody who reads them. */
  void note(Supplier<String> words) {
    Instant at = time.now();
    trace.add(() -> at + " " + words.get());
  }

  /** A cycle or a turn failed; a fault of ours is the referee's business. */
  void failed(String what, String words) {
    note(() -> "! " + what + ": " + words);
    if (words.startsWith("a fault of Backstop")) {
      referee.fault(what + ": " + words);
    }
  }

  void folderChanged(boolean isNoticed) {
    for (Life life : lives) {
      SimulatedDaemon living = life.daemon;
      if (living != null && isNoticed) {
        living.folderChanged();
      }
    }
  }

  /** Lets the daemon end now and start again after a while; who works beside it ends for good. */
  void down(Duration pause) {
    callPoints.crashAt(0);
    endOthers();
    lives.get(0).end();
    lives.get(0).startAt = time.now().plus(pause);
  }

  /** Lets the daemon start again with a configuration that observes, or no longer does. */
  void observe(boolean observes) {
    down(Duration.ofSeconds(2));
    confObserves = observes;
  }

  /**
   * Lets the daemon start again with a configuration that lacks a cluster; an empty name brings
   * every cluster back.
   */
  void lack(String cluster) {
    lacking = cluster;
    endOthers();
    if (lives.get(0).daemon != null) {
      down(Duration.ofSeconds(2));
    }
  }

  /** Returns the cluster that the configuration lacks; empty where it has all. */
  String lacking() {
    return lacking;
  }

  /** Lets somebody else work on the same store and folder for a while. */
  void beside(String name, Duration span) {
    if (lives.size() > 1 || isStoreLost) {
      return;
    }
    Actor other = new Actor(name, name, name);
    lives.add(new Life(other, time.now(), time.now().plus(span)));
    disturb();
  }

  /** Lets a daemon that is down start at once, and everybody else end. */
  void startNow() {
    lives.get(0).startAt = time.now();
    endOthers();
  }

  /** Who is in the middle of something ends after it. */
  private void endOthers() {
    lives.removeIf(life -> life.endAt.isBefore(Instant.MAX) && !life.isRunning);
    lives.subList(1, lives.size()).forEach(life -> life.endAt = time.now());
  }

  /** Returns whether somebody is in the middle of something. */
  boolean isBusy() {
    for (Life life : lives) {
      if (life.isRunning) {
        return true;
      }
    }
    return false;
  }

  /** Puts a store that fails its check in the place of the good one, or takes it away again. */
  void loseStore(boolean isLost) {
    isStoreLost = isLost && !omission.lacks(HoldReason.STORE_UNREADABLE);
  }

  boolean isStoreLost() {
    return isStoreLost;
  }

  /** What stands in for a lost store is each process's own, and ends with it (seed 3004613). */
  private StateStore openStore() {
    if (!isStoreLost || omission.lacks(Omission.Habit.STAND_IN)) {
      return store;
    }
    referee.standInBegins();
    return TransientStore.forLost();
  }

  /** Returns whether the next calls of a daemon may meet anything, or another process may. */
  boolean isTroubled() {
    return callPoints.isWatched() || store.isOneFaultDue() || lives.size() > 1 || isStoreLost;
  }

  /** Leaves a heartbeat that the daemon left at a turn which was not played. */
  void beat(Actor actor, Instant trueTime, TimelineNote now) {
    Instant wall = time.wall().minus(Duration.between(trueTime, time.now()));
    try {
      store.heartbeat(actor, wall);
      Duration since = Duration.between(trueTime, time.now());
      store.noteTimeline(
          new TimelineNote(now.at().minus(since), now.boot(), now.uptime() - since.toNanos()));
      referee.noted(trueTime);
      referee.expectedPolicies().beat(wall);
    } catch (StoreException failed) {
      // A store that fails all the time took no heartbeat either.
    }
  }

  /** Is called before anything happens in the world. */
  void disturb() {
    for (Life life : lives) {
      SimulatedDaemon living = life.daemon;
      if (living != null) {
        living.disturb();
      }
    }
  }

  /** Lives on until then. */
  void live(Instant until) {
    time.passUntil(until);
  }

  @Override
  public Instant next() {
    Instant next = story.next();
    for (Life life : lives) {
      Instant due = life.next();
      next = due.isBefore(next) ? due : next;
    }
    return next;
  }

  @Override
  public void happen() {
    Life first = lives.get(0);
    Instant due = first.next();
    for (Life life : lives.subList(1, lives.size())) {
      Instant next = life.next();
      if (next.isBefore(due)) {
        first = life;
        due = next;
      }
    }
    if (story.next().isBefore(due)) {
      story.happen();
    } else {
      run(first);
    }
  }

  private void run(Life life) {
    life.isRunning = true;
    try {
      SimulatedDaemon living = life.daemon;
      if (!time.now().isBefore(life.endAt)) {
        lives.remove(life);
      } else if (living != null) {
        living.run();
      } else {
        begin(life);
      }
    } catch (Crash crash) {
      referee.counts().strike(FaultKind.CRASH);
      note(() -> life.actor.leaseOwner() + " crashed " + crash.getMessage());
      life.daemon = null;
      life.startAt = time.now().plusSeconds(1);
    } finally {
      life.isRunning = false;
      life.ending = null;
    }
  }

  private void begin(Life life) {
    String owner = life.actor.leaseOwner();
    referee.stopRules().configured(owner, confObserves, time.now());
    referee.expectedPolicies().lack(lacking);
    referee.restarted(owner);
    // A daemon that stands in a call has another thread, which notes how far time has come.
    for (Life other : lives) {
      SimulatedDaemon living = other.process();
      if (living != null) {
        store.noteTimeline(living.note());
        referee.noted(time.now());
      }
    }
    ObservedStore point = new ObservedStore(openStore(), owner, this);
    Map<String, Cluster> clusters = new LinkedHashMap<>();
    Clock clock = new VirtualClock(time);
    routes.forEach((name, route) -> clusters.put(name, reach(name, route, owner, clock)));
    clusters.remove(lacking);
    SimulatedDaemon started =
        new SimulatedDaemon(this, life.actor, point, clusters, point.clocks());
    try {
      started.start();
      life.daemon = started;
      note(() -> owner + " started");
    } catch (StoreException e) {
      note(() -> owner + " did not start: " + e.getMessage());
      life.startAt = time.now().plusSeconds(5);
    }
  }

  private Cluster reach(String name, InProcessCluster.Route route, String owner, Clock clock) {
    Cluster inner =
        new InProcessCluster(
            route, name, expect(name), time, clock, armedFaults(name), referee.watcherOf(owner));
    return new Cluster() {
      @Override
      public Observation look(Set<String> tenantNames) {
        return omission.shown(callPoints.through("look", () -> inner.look(tenantNames)));
      }

      @Override
      public Outcome send(Permit permit) {
        note(() -> "-> " + name + " " + permit.statement() + " by " + owner);
        Outcome outcome = callPoints.through("send", () -> inner.send(permit));
        note(() -> "<- " + name + " " + outcome.result() + " " + outcome.words());
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
    folder.close();
  }
}
