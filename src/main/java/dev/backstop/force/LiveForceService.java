package dev.backstop.force;

import dev.backstop.command.CommandContext;
import dev.backstop.command.Pause;
import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.ConfigurationFile;
import dev.backstop.daemon.StateStores;
import dev.backstop.jdbc.ClusterPools;
import dev.backstop.oceanbase.ActingSession;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.policy.Mode;
import dev.backstop.state.ForcePermits.Answer;
import dev.backstop.state.ForcePermits.Obstacle;
import dev.backstop.state.StoreException;
import dev.backstop.store.Access;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.StoreOpening;
import dev.backstop.timeline.SteadyClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Does it with a real cluster and store. */
public final class LiveForceService implements ForceService {

  private static final Duration BREATH = Duration.ofMillis(200);

  private final ConfigurationFile conf;
  private final SteadyClock clock;
  private final ElapsedClock passing;

  /** Works with a configuration file, which is read when it is needed. */
  public LiveForceService(Path conf, Clock clock) {
    this.conf = new ConfigurationFile(conf);
    this.clock = SteadyClock.of(clock);
    this.passing = new ElapsedClock(clock);
  }

  @Override
  public void show(String cluster, Voice voice) {
    CommandContext context = context();
    Settings settings = context.settings();
    ClusterSettings one = cluster(context, cluster);
    try (ClusterPools pools = new ClusterPools(clock);
        OceanBaseCluster reached = new OceanBaseCluster(one, pools, clock)) {
      new ForcePreview(settings, one, reached, clock).lines().forEach(voice::print);
    }
  }

  private CommandContext context() {
    return new CommandContext(conf.load(), clock, "cancel-all-backup-force");
  }

  private static ClusterSettings cluster(CommandContext context, String cluster) {
    context.clusters(Set.of(cluster));
    return context.settings().cluster(cluster).orElseThrow();
  }

  @Override
  public ForceOutcome act(Order order, Voice voice) {
    CommandContext context = context();
    Settings settings = context.settings();
    ClusterSettings one = cluster(context, order.cluster());
    Expect expect = expect(settings, one);
    try (ClusterPools pools = new ClusterPools(clock);
        OceanBaseCluster reached = new OceanBaseCluster(one, pools, clock)) {
      Preflight scout = new Preflight(order.cluster(), reached, expect);
      // A refusal leaves no trace: not even a store that was not there.
      scout.explore(recorded(settings, order.cluster(), clock.instant()), order.evenSo(), now());
      try (JdbcStore store = context.store().forForce()) {
        ForceRecorder journal = journal(context, one, store, order);
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
  private static void release(ForceRecorder journal, Voice voice) {
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
      throw ForceRefusedException.failed(
          "cluster %s has no expect in %s, so nothing may be sent to it: add its name and id"
              .formatted(one.name(), settings.file()));
    }
    if (settings.mode() == Mode.OBSERVE) {
      throw ForceRefusedException.failed(
          "%s says mode: observe, so nothing is sent: say mode: enforce first"
              .formatted(settings.file()));
    }
    return expect;
  }

  /** Reads what is on record; a store that is not there has nothing on record. */
  static ForceRecord recorded(Settings settings, String cluster, Instant now) {
    StoreOpening opening = StateStores.open(settings, Access.READ);
    if (opening.result() == StoreOpening.Result.UNREADABLE) {
      throw BackstopException.failed(
          opening.words() + "; backstop approve store-unreadable --reason R sets it aside");
    }
    if (opening.result() == StoreOpening.Result.DENIED) {
      throw BackstopException.failed(opening.words() + "; run it as the daemon's user");
    }
    JdbcStore found = opening.store();
    if (found == null) {
      return ForceRecord.nothing(cluster);
    }
    try (JdbcStore store = found) {
      return ForceRecord.read(store, cluster, now);
    }
  }

  private ForceRecorder journal(
      CommandContext context, ClusterSettings one, JdbcStore store, Order order) {
    Duration lease = one.lease();
    return new ForceRecorder(
        store,
        context.person(),
        one.name(),
        "ended by force: " + order.reason(),
        lease,
        clock,
        passing);
  }

  /** Waits for whoever acts on the cluster, and keeps everybody out then. */
  private void occupy(ForceRecorder journal, Instant end, Voice voice) {
    boolean isTold = false;
    while (true) {
      Answer answer = journal.occupy();
      if (answer.isGranted()) {
        return;
      }
      if (answer.obstacle() != Obstacle.LEASED || !passing.instant().isBefore(end)) {
        throw ForceRefusedException.failed(answer.words());
      }
      if (!isTold) {
        isTold = true;
        voice.say(answer.words());
      }
      Pause.until(passing.instant().plus(BREATH), passing);
    }
  }

  private ForceOutcome act(
      Order order,
      Voice voice,
      ForceRecorder journal,
      Preflight scout,
      OceanBaseCluster reached,
      Expect expect,
      Instant end) {
    // Whoever acted before may have changed everything.
    ForceRecord recorded = journal.read();
    Preflight.Scene scene = scout.explore(recorded, order.evenSo(), now());
    List<String> before = begin(scene, journal, voice);
    ForceRun run =
        new ForceRun(reached, expect, journal, voice, passing, scene, recorded, order.evenSo());
    ForceReport account = run.run(end);
    account.lines().forEach(voice::print);
    if (account.course().isForced()) {
      voice.print(emptied(reached));
      voice.print("Recorded before:");
      before.forEach(line -> voice.print("  " + line));
      Runbook.AFTER.lines(order.cluster()).forEach(voice::print);
    }
    try {
      journal.tellEnd(String.join("; ", account.lines()), account.jobs());
    } catch (StoreException e) {
      voice.say(e.getMessage() + "; history lacks how it ended");
    }
    return account.ending();
  }

  /** Records both locations before anything is sent, and returns what is on record of them. */
  private static List<String> begin(Preflight.Scene scene, ForceRecorder journal, Voice voice) {
    if (scene.standing().isPresent()) {
      PreviousForce earlier = scene.standing().get();
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
      return Preflight.destinations(session).areEmpty()
          ? "both destinations are empty now, as the forced end leaves them"
          : "backup_dest or backup_backup_dest is not empty: the forced end shows no effect there,"
              + " or they have been set again";
    } catch (ForceRefusedException refusal) {
      return String.valueOf(refusal.getMessage());
    }
  }

  private Instant now() {
    return clock.instant();
  }
}
