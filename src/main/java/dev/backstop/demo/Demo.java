package dev.backstop.demo;

import dev.backstop.command.Pause;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.ConfigurationFile;
import dev.backstop.daemon.Daemon;
import dev.backstop.daemon.Running;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.Kind;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.State;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import dev.backstop.text.Durations;
import dev.backstop.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs the daemon on simulated clusters, and reports what it saw, sent and proved. */
final class Demo implements Running {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration WINDOW = Duration.ofSeconds(8);
  private static final Duration BREATH = Duration.ofMillis(100);

  private final Clock clock;
  private final Consumer<String> say;
  private final DemoSite site;
  private final Map<String, Report> last = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Daemon daemon;
  private volatile @Nullable BackstopException failure;

  private Demo(Consumer<String> say, Clock clock) {
    this.say = say;
    this.clock = clock;
    this.site = DemoSite.open(clock);
  }

  static Demo start(boolean interactive, Consumer<String> say, Clock clock) {
    Demo demo = new Demo(say, clock);
    demo.open();
    if (interactive) {
      demo.invite();
    } else {
      Thread player = new Thread(demo::play, "backstop-demo");
      player.setDaemon(true);
      player.start();
    }
    return demo;
  }

  private void open() {
    say.accept("Three OceanBase stand-ins run, each with a secondary backup in progress:");
    for (String cluster : site.clusters()) {
      say.accept("  " + cluster + ": " + String.join("; ", site.running(cluster)));
    }
    say.accept("One policy each permits it (secondaryBackup: on). The daemon starts on them.");
    Daemon started = Daemon.start(new ConfigurationFile(site.conf()), clock, new Narrator());
    daemon = started;
    say.accept(
        "Metrics, health and the API while this runs: " + started.address() + " (try /metrics)");
    say.accept("");
  }

  private void invite() {
    say.accept("Your turn, in another terminal. Switch a policy off by an edit:");
    say.accept("  sed -i 's/: on/: off/' " + site.policy(DemoSite.SETS));
    say.accept("  sed -i 's/: on/: off/' " + site.policy(DemoSite.ARCHIVE));
    say.accept("or delete one, which stops what it covered after a grace of 3 s:");
    say.accept("  rm " + site.policy(DemoSite.PIECES));
    say.accept("See for yourself what the views show:");
    for (String cluster : site.clusters()) {
      say.accept("  " + cluster + ": " + site.connect(cluster));
    }
    say.accept("Ctrl-C ends the demo and removes its files. What Backstop sees, sends and proves:");
    say.accept("");
  }

  private void play() {
    try {
      await("every backup is seen and permitted", this::allPermitted);
      say.accept("");
      say.accept("--> secondaryBackup: off is written to " + DemoSite.SETS + ".yaml");
      site.switchOff(DemoSite.SETS);
      await(DemoSite.SETS + " is proven stopped", () -> both(DemoSite.SETS, State.STOPPED));
      say.accept("");
      say.accept(
          "--> a backup window that closes in %s is written to %s.yaml"
              .formatted(Durations.brief(WINDOW), DemoSite.ARCHIVE));
      site.closeWindow(
          DemoSite.ARCHIVE, clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(WINDOW));
      await(DemoSite.ARCHIVE + " is proven stopped", () -> both(DemoSite.ARCHIVE, State.STOPPED));
      say.accept("");
      say.accept("--> the file " + DemoSite.PIECES + ".yaml is deleted");
      site.delete(DemoSite.PIECES);
      await(
          DemoSite.PIECES + " is stopped, proven and unmanaged",
          () -> both(DemoSite.PIECES, State.UNMANAGED));
      conclude();
    } catch (BackstopException e) {
      failure = e;
    } finally {
      ended.countDown();
    }
  }

  private void conclude() {
    say.accept("");
    say.accept("What the views show now:");
    for (String cluster : site.clusters()) {
      say.accept("  " + cluster + ": " + String.join("; ", site.running(cluster)));
    }
    say.accept("Everything that must not run is stopped, and the views proved it.");
  }

  private boolean allPermitted() {
    return site.clusters().stream().allMatch(cluster -> both(cluster, State.PERMITTED));
  }

  private boolean both(String cluster, State state) {
    Report report = last.get(cluster);
    return report != null
        && report.plan().kinds().stream().map(KindPlan::state).allMatch(Predicate.isEqual(state));
  }

  private void await(String what, BooleanSupplier condition) {
    Instant end = clock.instant().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (clock.instant().isAfter(end)) {
        throw BackstopException.failed(
            "the demo waited %s in vain until %s".formatted(Durations.brief(PATIENCE), what));
      }
      Pause.until(clock.instant().plus(BREATH), clock);
    }
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    ended.await();
    BackstopException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  @Override
  public void reload() {
    Daemon running = daemon;
    if (running != null) {
      running.reload();
    }
  }

  @Override
  public void close() {
    Daemon running = daemon;
    if (running != null) {
      running.close();
    }
    site.close();
    ended.countDown();
  }

  /** Tells each entry of history as it happens. */
  private final class Narrator implements ReconcileListener {

    @Override
    public void onCycleEnd(Report report, Duration took, Duration late) {
      last.put(report.cluster(), report);
    }

    @Override
    public void onHistoryEntry(HistoryEntry entry) {
      if (entry.cluster().isEmpty()) {
        return;
      }
      Kind kind = entry.kind();
      say.accept(
          "%s  %-12s %-14s %-9s %s"
              .formatted(
                  Times.utc(entry.time()).substring(11, 19),
                  entry.cluster(),
                  kind == null ? "" : kind.title(),
                  act(entry.event()),
                  text(entry)));
    }

    private static String act(Event event) {
      return switch (event) {
        case STATEMENT -> "sends";
        case STATEMENT_RESULT -> "answered";
        case STOP_PROVEN, DELETION_PROVEN -> "proved";
        case STATE_CHANGED -> "sees";
        default -> "notes";
      };
    }

    private static String text(HistoryEntry entry) {
      return switch (entry.event()) {
        case STATEMENT -> Objects.requireNonNullElse(entry.sql(), entry.reason());
        case STATE_CHANGED -> entry.reason();
        case STATEMENT_RESULT, STOP_PROVEN, DELETION_PROVEN -> entry.reason();
        default -> entry.event().word().replace('_', ' ') + ": " + entry.reason();
      };
    }
  }
}
