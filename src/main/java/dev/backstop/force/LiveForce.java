package dev.backstop.force;

import dev.backstop.app.CommandException;
import dev.backstop.app.Pause;
import dev.backstop.app.Workplace;
import dev.backstop.jdbc.ClusterPools;
import dev.backstop.oceanbase.ActingSession;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.policy.Mode;
import dev.backstop.reconcile.SteadyClock;
import dev.backstop.reconcile.StoreException;
import dev.backstop.reconcile.Warrants.Answer;
import dev.backstop.reconcile.Warrants.Obstacle;
import dev.backstop.settings.ClusterSettings;
import dev.backstop.settings.ClusterSettings.Expect;
import dev.backstop.settings.Settings;
import dev.backstop.store.Access;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.StoreOpening;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Does it with a real cluster and store. */
public final class LiveForce implements Force {

  private static final Duration BREATH = Duration.ofMillis(200);

  private final Workplace workplace;
  private final SteadyClock clock;
  private final PassingTime passing;

  /** Works with a configuration file, which is read when it is needed. */
  public LiveForce(Path conf, Clock clock) {
    this.workplace = new Workplace(conf, clock);
    this.clock = SteadyClock.of(clock);
    this.passing = new PassingTime(clock);
  }

  @Override
  public void show(String cluster, Voice voice) {
    Settings settings = workplace.settings();
    ClusterSettings one = settings(settings, cluster);
    try (ClusterPools pools = new ClusterPools(clock);
        OceanBaseCluster reached = new OceanBaseCluster(one, pools, clock)) {
      new Showing(settings, one, reached, clock).lines().forEach(voice::print);
    }
  }

  private static ClusterSettings settings(Settings settings, String cluster) {
    Workplace.clusters(settings, Set.of(cluster));
    return settings.cluster(cluster).orElseThrow();
  }

  @Override
  public Ending act(Order order, Voice voice) {
    Settings settings = workplace.settings();
    ClusterSettings one = settings(settings, order.cluster());
    Expect expect = expect(settings, one);
    try (ClusterPools pools = new ClusterPools(clock);
        OceanBaseCluster reached = new OceanBaseCluster(one, pools, clock)) {
      Scout scout = new Scout(order.cluster(), reached, expect);
      // A refusal leaves no trace: not even a store that was not there.
      scout.explore(recorded(settings, order.cluster(), clock.instant()), order.evenSo(), now());
      try (JdbcStore store = Workplace.forForce(settings, Workplace.person(settings), clock)) {
        Journal journal = journal(settings, one, store, order);
        Instant end = passing.instant().plus(order.timeout());
        occupy(journal, end, voice);
        try {
          return act(order, voice, journal, scout, reached, expect, end);
        } finally {
          release(journal, voice);
        }
      }
    }
  }

  /** What is proven stays proven where the store fails at the very end. */
  private static void release(Journal journal, Voice voice) {
    try {
      journal.release();
    } catch (StoreException e) {
      voice.say(e.getMessage() + "; the daemon goes on once the lease has ended by itself");
    }
  }

  /** Says who must answer; throws where the configuration lets nothing be sent. */
  private static Expect expect(Settings settings, ClusterSettings one) {
    Expect expect = one.expect();
    if (expect == null) {
      throw ForceRefusal.failed(
          "cluster %s has no expect in %s, so nothing may be sent to it: add its name and id"
              .formatted(one.name(), settings.file()));
    }
    if (settings.mode() == Mode.OBSERVE) {
      throw ForceRefusal.failed(
          "%s says mode: observe, so nothing is sent: say mode: enforce first"
              .formatted(settings.file()));
    }
    return expect;
  }

  /** Reads what is on record; a store that is not there has nothing on record. */
  static Recorded recorded(Settings settings, String cluster, Instant now) {
    StoreOpening opening = Workplace.open(settings, Access.READ);
    if (opening.result() == StoreOpening.Result.UNREADABLE) {
      throw CommandException.failed(
          opening.words() + "; backstop approve store-unreadable --reason R sets it aside");
    }
    if (opening.result() == StoreOpening.Result.DENIED) {
      throw CommandException.failed(opening.words() + "; run it as the daemon's user");
    }
    JdbcStore found = opening.store();
    if (found == null) {
      return Recorded.nothing(cluster);
    }
    try (JdbcStore store = found) {
      return Recorded.read(store, cluster, now);
    }
  }

  private Journal journal(Settings settings, ClusterSettings one, JdbcStore store, Order order) {
    Duration lease = one.lease();
    return new Journal(
        store,
        Workplace.person(settings),
        one.name(),
        "ended by force: " + order.reason(),
        lease,
        clock,
        passing);
  }

  /** Waits for whoever acts on the cluster, and keeps everybody out then. */
  private void occupy(Journal journal, Instant end, Voice voice) {
    boolean isTold = false;
    while (true) {
      Answer answer = journal.occupy();
      if (answer.isGranted()) {
        return;
      }
      if (answer.obstacle() != Obstacle.LEASED || !passing.instant().isBefore(end)) {
        throw ForceRefusal.failed(answer.words());
      }
      if (!isTold) {
        isTold = true;
        voice.say(answer.words());
      }
      Pause.until(passing.instant().plus(BREATH), passing);
    }
  }

  private Ending act(
      Order order,
      Voice voice,
      Journal journal,
      Scout scout,
      OceanBaseCluster reached,
      Expect expect,
      Instant end) {
    // Whoever acted before may have changed everything.
    Recorded recorded = journal.read();
    Scout.Scene scene = scout.explore(recorded, order.evenSo(), now());
    List<String> before = begin(scene, journal, voice);
    ForceRun run =
        new ForceRun(reached, expect, journal, voice, passing, scene, recorded, order.evenSo());
    Account account = run.run(end);
    account.lines().forEach(voice::print);
    if (account.course().isForced()) {
      voice.print(emptied(reached));
      voice.print("Recorded before:");
      before.forEach(line -> voice.print("  " + line));
      Leaflet.AFTER.lines(order.cluster()).forEach(voice::print);
    }
    try {
      journal.tellEnd(String.join("; ", account.lines()), account.jobs());
    } catch (StoreException e) {
      voice.say(e.getMessage() + "; history lacks how it ended");
    }
    return account.ending();
  }

  /** Records both locations before anything is sent, and returns what is on record of them. */
  private static List<String> begin(Scout.Scene scene, Journal journal, Voice voice) {
    if (scene.standing().isPresent()) {
      Earlier earlier = scene.standing().get();
      voice.say(earlier.refusal());
      return earlier.recorded();
    }
    journal.record(scene.destinations());
    voice.print("Recorded, before anything is sent; keys are not shown and have to be known:");
    scene.destinations().lines().forEach(line -> voice.print("  " + line));
    return scene.destinations().lines();
  }

  private static String emptied(OceanBaseCluster reached) {
    try (ActingSession session = reached.act()) {
      return Scout.destinations(session).areEmpty()
          ? "both destinations are empty now, as the forced end leaves them"
          : "backup_dest or backup_backup_dest is not empty: the forced end shows no effect there,"
              + " or they have been set again";
    } catch (ForceRefusal refusal) {
      return String.valueOf(refusal.getMessage());
    }
  }

  private Instant now() {
    return clock.instant();
  }
}
