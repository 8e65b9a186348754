package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.ControlLoop;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.Holds;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.PlanInput;
import dev.backstop.plan.ReasonCode;
import dev.backstop.policy.FileState;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.supervision.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the loop once for the verb {@code apply}, until nothing can change without a person. */
final class ApplyService implements ReconcileListener {

  private static final Logger LOG = LoggerFactory.getLogger(ApplyService.class);

  private static final Duration BREATH = Duration.ofMillis(100);

  /** A folder that can't be read for so long needs a person. */
  private static final Duration FOLDER_PATIENCE = Duration.ofSeconds(10);

  private static final Duration LAST_READ = Duration.ofSeconds(2);
  private static final Duration LATE_CYCLES = Duration.ofSeconds(1);

  private final CommandContext context;
  private final Settings settings;
  private final Clock clock;
  private final List<String> clusters;
  private final Consumer<Report> progress;
  private final Map<String, Report> last = new TreeMap<>();
  private final Map<String, PlanInput.DesiredState> judgedBy = new TreeMap<>();

  ApplyService(CommandContext context, List<String> clusters, Consumer<Report> progress) {
    this.context = context;
    this.settings = context.settings();
    this.clock = context.clock();
    this.clusters = List.copyOf(clusters);
    this.progress = progress;
  }

  /**
   * Acts until nothing can change without a person, or time is up, whatever hangs.
   *
   * @throws BackstopException where the folder was never read to its end: nothing is known then
   */
  Overview apply(Duration timeout) {
    requireFolder();
    Deadline end = Deadline.in(timeout);
    Actor actor = context.actor("apply");
    StateStore store = end.call("opening the state store", () -> context.store().forApply(actor));
    ControlLoop loop =
        new ControlLoop(
            settings, actor, store, clusters::contains, this, clock, Supervisor.ofProcess(clock));
    try {
      loop.start();
      awaitEnd(loop, end);
      return overview(loop, store);
    } finally {
      close(loop, store, end.isOver());
    }
  }

  private void requireFolder() {
    Path folder = settings.folder().directory();
    if (Files.notExists(folder)) {
      throw BackstopException.failed(
          "there is no policy folder %s; create it, or set policies.directory in %s"
              .formatted(folder, settings.file()));
    }
  }

  private void awaitEnd(ControlLoop loop, Deadline end) {
    Deadline reading = Deadline.in(FOLDER_PATIENCE);
    while (!end.isOver() && !isDone(loop)) {
      if (loop.obstacle().isEmpty()) {
        reading = Deadline.in(FOLDER_PATIENCE);
      } else if (reading.isOver()) {
        return;
      }
      Pause.until(clock.instant().plus(BREATH), clock);
    }
  }

  private Overview overview(ControlLoop loop, StateStore store) {
    loop.obstacle()
        .ifPresent(
            words -> {
              throw BackstopException.failed(words + "; what the policies want is not known");
            });
    PolicyRegistry book = loop.registry().book().policies();
    return Deadline.in(LAST_READ)
        .call(
            "reading the state store",
            () ->
                new Overview(
                    reports(book),
                    book,
                    held(book, store),
                    store.disarmings(clock.instant()),
                    context.invalidFiles(book)));
  }

  private List<HeldSet> held(PolicyRegistry book, StateStore store) {
    return Holds.of(book, store.memories()).stream()
        .filter(set -> set.clusters().stream().anyMatch(clusters::contains))
        .toList();
  }

  /** Ends in order, as far as that does not hang; what a crash may do, this may do too. */
  private static void close(ControlLoop loop, StateStore store, boolean isTimeUp) {
    Duration cycles = isTimeUp ? LATE_CYCLES : ControlLoop.CLOSE_TIMEOUT;
    try {
      Deadline.in(cycles.plus(LATE_CYCLES))
          .call(
              "closing",
              () -> {
                loop.close(cycles);
                store.close();
                return true;
              });
    } catch (BackstopException e) {
      LOG.debug("apply ends although something does not close: {}", e.getMessage());
    }
  }

  private boolean isDone(ControlLoop loop) {
    // Asked in this order: what has settled is in the book, and not the other way round.
    boolean isWhole = loop.obstacle().isEmpty() && loop.isSettled();
    PolicyRegistry book = loop.registry().book().policies();
    return isWhole && clusters.stream().allMatch(cluster -> isDone(cluster, book));
  }

  private synchronized boolean isDone(String cluster, PolicyRegistry book) {
    List<KnownPolicy> policies = book.ofCluster(cluster);
    boolean mayStillChange =
        policies.stream()
            .anyMatch(
                known ->
                    known.presence() == FileState.CHANGING
                        || known.presence() == FileState.PENDING);
    if (policies.isEmpty()) {
      return true;
    }
    Report report = last.get(cluster);
    return !mayStillChange
        && report != null
        && isBy(book, cluster)
        && report.plan().releases().isEmpty()
        && report.plan().kinds().stream().allMatch(ApplyService::needsPerson);
  }

  /** Tells whether the last report of a cluster goes by the policies as they are now. */
  private boolean isBy(PolicyRegistry book, String cluster) {
    PlanInput.DesiredState by = judgedBy.get(cluster);
    return by != null
        && by.policies().equals(book.ofCluster(cluster))
        && by.strays().equals(book.straysOn(cluster));
  }

  /** Tells whether a kind stays as it is until somebody does something. */
  private static boolean needsPerson(KindPlan kind) {
    return switch (kind.state()) {
      case UNMANAGED,
          WRONG_CLUSTER,
          UNSUPPORTED,
          DISARMED,
          HELD,
          WOULD_STOP,
          CONTESTED,
          PERMITTED,
          STOPPED ->
          true;
      case BLOCKED -> kind.reason().code() != ReasonCode.UNSETTLED_FILE;
      case UNKNOWN, REFUSED, NOT_VERIFIED, STOPPING, DRIFTED -> false;
    };
  }

  private synchronized List<Report> reports(PolicyRegistry book) {
    return clusters.stream()
        .map(
            cluster ->
                book.ofCluster(cluster).isEmpty()
                    ? Report.unmanaged(cluster, settings.daemon(), clock.instant())
                    : lastBy(book, cluster))
        .toList();
  }

  /** A look that went by other files says nothing of what these want. */
  private Report lastBy(PolicyRegistry book, String cluster) {
    Report report = last.get(cluster);
    return report != null && isBy(book, cluster)
        ? report
        : Report.notLookedYet(cluster, settings.daemon(), clock.instant());
  }

  @Override
  public synchronized void onDesiredState(String cluster, PlanInput.DesiredState by) {
    judgedBy.put(cluster, by);
  }

  @Override
  public void onCycleEnd(Report report, Duration took, Duration late) {
    synchronized (this) {
      last.put(report.cluster(), report);
    }
    progress.accept(report);
  }
}
