package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Performs the steps of a story in a world, as editors, persons, servers and disks do. */
final class StepRunner {

  private static final List<Action> RACES =
      List.of(
          Action.DISARM,
          Action.ARM,
          Action.APPROVE,
          Action.FORGET,
          Action.EDIT,
          Action.DELETE,
          Action.PUT_BACK,
          Action.BREAK,
          Action.WRONG_SERVER,
          Action.MODERN_SERVER,
          Action.WRONG_TENANT,
          Action.START_SET,
          Action.START_PIECES,
          Action.CLOCK_FORWARD,
          Action.CLOCK_BACK);

  /** Where a daemon asks the store whether it may send. */
  private static final String PERMIT = "authorize";

  private static final Duration AGAIN = Duration.ofMinutes(4);
  private static final int MOST_AGAIN = 4;

  private final World world;
  private final DelayedEffects delayed;
  private final PolicyEdits policyEdits;
  private final ServerFaults serverFaults;
  private final Operator operator;
  private final StoreFaults storeFaults;
  private final Counts counts;
  private final List<String> clusters;
  private Duration skipped = Duration.ZERO;

  StepRunner(World world) {
    this.world = world;
    this.counts = world.referee().counts();
    this.clusters = new ArrayList<>(world.servers().keySet());
    this.delayed = new DelayedEffects(world);
    this.policyEdits = new PolicyEdits(world, delayed);
    this.serverFaults = new ServerFaults(world);
    this.operator = new Operator(world);
    this.storeFaults = new StoreFaults(world, delayed);
  }

  /** Writes the first policies and starts the first copies. */
  void begin(Random chance) {
    for (String cluster : clusters) {
      policyEdits.add(cluster, chance, true);
      if (chance.nextInt(3) == 0) {
        policyEdits.add(cluster, chance, true);
      }
      serverFaults.start(Action.START_SET, cluster, chance);
      serverFaults.start(Action.START_PIECES, cluster, chance);
      serverFaults.start(Action.START_ARCHIVE, cluster, chance);
    }
    world.referee().begin();
  }

  /** Returns how much time passed in which no step was performed, as no daemon ran. */
  Duration skipped() {
    return skipped;
  }

  Instant nextDelayed() {
    return delayed.next();
  }

  void performDelayed() {
    delayed.performFirst();
  }

  /** Performs one step. */
  void perform(Step step) {
    world.disturb();
    world.note(() -> "* " + step.action());
    Random chance = new Random(step.pick());
    perform(step.action(), chance);
    if (chance.nextInt(3) == 0) {
      policyEdits.keepUp(chance);
    }
  }

  private void perform(Action action, Random chance) {
    counts.did(action);
    boolean noticed = chance.nextInt(4) > 0;
    String cluster = clusters.get(chance.nextInt(clusters.size()));
    switch (action) {
      case START_SET, START_PIECES, START_ARCHIVE -> serverFaults.start(action, cluster, chance);
      case START_ELSEWHERE -> serverFaults.startElsewhere(cluster, chance);
      case SERVER_FAULT, SWITCH_ROOTSERVICE, HIDE_VIEW, DENY_TABLE, CLEAR_FAULTS ->
          serverFaults.disturbServer(action, cluster, chance);
      case WRONG_SERVER,
          MODERN_SERVER,
          WRONG_TENANT,
          DEAD_ENDPOINT,
          RIGHT_SERVER,
          SLOW_NETWORK,
          HIDE_DESTINATIONS,
          SERVER_CLOCK ->
          serverFaults.disturbRoute(action, cluster, chance);
      case DISARM, ARM, APPROVE, FORGET -> operator.command(action, cluster, chance);
      case STORE_FAILS_ONCE,
          STORE_FAILS,
          STORE_MENDED,
          STORE_COPIED,
          STORE_RESTORED,
          STORE_LOST,
          STORE_UNREADABLE ->
          storeFaults.perform(action, chance);
      case RESTART,
          DOWN_LONG,
          CRASH,
          CONF_OBSERVES,
          CONF_ENFORCES,
          RACE,
          SECOND_DAEMON,
          APPLY,
          CLOCK_FORWARD,
          CLOCK_BACK ->
          disturbProcess(action, cluster, chance);
      default -> policyEdits.perform(action, cluster, chance, noticed);
    }
  }

  private void disturbProcess(Action action, String cluster, Random chance) {
    switch (action) {
      case RESTART -> down(FaultKind.RESTART, Duration.ofSeconds(chance.nextInt(60)));
      case DOWN_LONG -> {
        Duration pause = Duration.ofMinutes(30 + chance.nextInt(1700));
        skipped = skipped.plus(pause);
        down(FaultKind.LONG_ABSENCE, pause);
      }
      case CRASH -> world.callPoints().crashAt(1 + chance.nextInt(40));
      case CONF_OBSERVES, CONF_ENFORCES -> {
        boolean observes = action == Action.CONF_OBSERVES;
        if (world.confObserves() != observes) {
          world.observe(observes);
          counts.strike(FaultKind.CONF_CHANGED);
        } else if (chance.nextBoolean() && clusters.size() > 1 && world.lacking().isEmpty()) {
          giveUp(cluster, chance);
        }
      }
      case RACE -> race(chance);
      case SECOND_DAEMON -> beside(FaultKind.SECOND_DAEMON, 60 + chance.nextInt(240), chance);
      case APPLY -> beside(FaultKind.APPLY_BESIDE, 30 + chance.nextInt(120), chance);
      case CLOCK_FORWARD, CLOCK_BACK -> {
        long most = chance.nextInt(3) == 0 ? Duration.ofHours(25).toSeconds() : 900;
        // Less is a clock being corrected gently, which nobody notices.
        long by = Math.max(2, 1 + chance.nextLong(most));
        world.time().jump(Duration.ofSeconds(action == Action.CLOCK_BACK ? -by : by));
        counts.strike(FaultKind.CLOCK_JUMP);
        world.note(() -> "the clock jumps by " + by);
      }
      default ->
          throw new IllegalArgumentException(action + " is nothing that happens to a process");
    }
  }

  private void race(Random chance) {
    Action action = RACES.get(chance.nextInt(RACES.size()));
    long pick = chance.nextLong();
    int nth = 1 + chance.nextInt(30);
    Runnable what =
        () -> {
          counts.strike(FaultKind.RACE);
          world.note(() -> "* meanwhile " + action);
          world.disturb();
          perform(action, new Random(pick));
        };
    if (chance.nextInt(4) == 0) {
      world.callPoints().raceBefore(PERMIT, what);
    } else {
      world.callPoints().raceAt(nth, what);
    }
  }

  /** Takes a cluster out of the configuration for a while, and maybe a policy of it. */
  private void giveUp(String cluster, Random chance) {
    counts.strike(FaultKind.CONF_CHANGED);
    world.note(() -> "the configuration lacks " + cluster);
    Random later = new Random(chance.nextLong());
    if (chance.nextInt(4) > 0) {
      delayed.after(
          Duration.ofSeconds(3 + chance.nextInt(30)), () -> policyEdits.retire(cluster, later));
    }
    Duration away = Duration.ofSeconds(40 + chance.nextInt(300));
    lack(cluster, () -> delayed.after(away, () -> lack("", () -> {})));
  }

  /** Nobody reads another configuration in the middle of something. */
  private void lack(String cluster, Runnable then) {
    if (world.isBusy()) {
      delayed.after(Duration.ofSeconds(1), () -> lack(cluster, then));
    } else {
      world.lack(cluster);
      then.run();
    }
  }

  private void down(FaultKind trouble, Duration pause) {
    world.down(pause);
    counts.strike(trouble);
  }

  private void beside(FaultKind trouble, int seconds, Random chance) {
    if (chance.nextInt(3) == 0) {
      world.callPoints().raceBefore(PERMIT, () -> beside(trouble, seconds));
    } else {
      beside(trouble, seconds);
    }
  }

  private void beside(FaultKind trouble, int seconds) {
    if (!world.isStoreLost()) {
      world.beside(trouble.name(), Duration.ofSeconds(seconds));
      counts.strike(trouble);
    }
  }

  /** Ends every trouble, so that from now on everything can come to its end. */
  void calm() {
    world.callPoints().calm();
    serverFaults.calm();
    policyEdits.calm();
    if (world.confObserves() && world.shape().clusters().size() > 1) {
      world.observe(false);
    }
    while (!delayed.isEmpty()) {
      Instant due = delayed.next();
      if (due.isAfter(world.time().now())) {
        world.live(due);
      } else {
        delayed.performFirst();
      }
    }
    world.store().mend();
    policyEdits.keepUp(new Random(1));
    world.startNow();
    world.folderChanged(true);
    world.note(() -> "calm");
  }

  /** Lets the referee judge the end; what came a moment before it has its time, too. */
  void judge() {
    List<String> objections = objections();
    for (int i = 0; i < MOST_AGAIN && !objections.isEmpty(); i++) {
      world.live(world.time().now().plus(AGAIN));
      objections = objections();
    }
    objections.forEach(world.referee()::fault);
  }

  private List<String> objections() {
    world.servers().values().forEach(server -> server.advance(world.time().now()));
    return world.referee().objections(world.store().lastReports(), world.store()::budgetHeldSince);
  }
}
