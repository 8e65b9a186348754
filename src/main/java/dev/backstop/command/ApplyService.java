package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.ControlLoop;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.Holds;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.PlanInput;
import dev.backstop.plan.ReasonCode;
import dev.backstop.policy.FileState.Phase;
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

/** Service of {@code apply}: runs a control loop until only a person can change anything. */
final class ApplyService implements ReconcileListener {

  private static final Logger LOG = LoggerFactory.getLogger(ApplyService.class);

  private static final Duration POLL = Duration.ofMillis(100);

  /** After so long, a folder that can't be read needs a person. */
  private static final Duration FOLDER_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LATE_TIMEOUT = Duration.ofSeconds(1);

  private final CommandContext context;
  private final Settings settings;
  private final Clock clock;
  private final ClusterScope scope;
  private final List<String> clusters;
  private final Consumer<Report> progress;
  private final Map<String, Report> last = new TreeMap<>();
  private final Map<String, PlanInput.DesiredState> desiredStates = new TreeMap<>();

  ApplyService(CommandContext context, ClusterScope scope, Consumer<Report> progress) {
    this.context = context;
    this.settings = context.settings();
    this.clock = context.clock();
    this.scope = scope;
    this.clusters = scope.clusters();
    this.progress = progress;
  }

  /**
   * Acts until only a person can change anything, or time is up, whatever hangs.
   *
   * @throws BackstopException where the folder was never read to its end: nothing is known then
   */
  Overview apply(Duration timeout) {
    requireFolder();
    Deadline end = Deadline.in(timeout);
    Actor actor = context.actor(Actor.APPLY);
    StateStore store = end.call("opening the state store", () -> context.store().forApply(actor));
    ControlLoop loop =
        new ControlLoop(
            settings, actor, store, scope::hasCluster, this, clock, Supervisor.ofProcess(clock));
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
    Deadline reading = Deadline.in(FOLDER_TIMEOUT);
    while (!end.isOver() && !isDone(loop)) {
      if (loop.block().isEmpty()) {
        reading = Deadline.in(FOLDER_TIMEOUT);
      } else if (reading.isOver()) {
        return;
      }
      Pause.until(clock.instant().plus(POLL), clock);
    }
  }

  private Overview overview(ControlLoop loop, StateStore store) {
    loop.block()
        .ifPresent(
            words -> {
              throw BackstopException.failed(words + "; what the policies want is not known");
            });
    PolicyRegistry registry = loop.registry().registry().policies();
    PolicyRegistry shown = scope.policies(registry);
    return Deadline.in(READ_TIMEOUT)
        .call(
            "reading the state store",
            () ->
                new Overview(
                    reports(registry),
                    shown,
                    held(registry, store),
                    scope.disarmings(store.disarmings(clock.instant())),
                    context.invalidFiles(shown)));
  }

  private List<HeldSet> held(PolicyRegistry registry, StateStore store) {
    return Holds.of(registry, store.heldRecords()).stream()
        .filter(set -> set.clusters().stream().anyMatch(scope::hasCluster))
        .toList();
  }

  /** Closes in order, up to a time: what a crash leaves behind is safe too. */
  private static void close(ControlLoop loop, StateStore store, boolean isTimeUp) {
    Duration cycles = isTimeUp ? LATE_TIMEOUT : ControlLoop.CLOSE_TIMEOUT;
    try {
      Deadline.in(cycles.plus(LATE_TIMEOUT))
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
    // In this order: what has settled is in the registry, and not the other way round.
    boolean isWhole = loop.block().isEmpty() && loop.isSettled();
    PolicyRegistry registry = loop.registry().registry().policies();
    return isWhole && clusters.stream().allMatch(cluster -> isDone(cluster, registry));
  }

  private synchronized boolean isDone(String cluster, PolicyRegistry registry) {
    List<KnownPolicy> policies = registry.ofCluster(cluster);
    boolean mayStillChange =
        policies.stream()
            .anyMatch(
                known ->
                    known.phase() == Phase.CHANGING || known.phase() == Phase.DELETION_PENDING);
    if (policies.isEmpty()) {
      return true;
    }
    Report report = last.get(cluster);
    return !mayStillChange
        && report != null
        && isBy(registry, cluster)
        && report.plan().releases().isEmpty()
        && report.plan().kinds().stream().allMatch(ApplyService::needsPerson);
  }

  /** Returns whether the last report of a cluster was computed from the present policies. */
  private boolean isBy(PolicyRegistry registry, String cluster) {
    PlanInput.DesiredState by = desiredStates.get(cluster);
    return by != null
        && by.policies().equals(registry.ofCluster(cluster))
        && by.strays().equals(registry.straysOn(cluster));
  }

  /** Returns whether a kind stays in its state until a person acts. */
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

  private synchronized List<Report> reports(PolicyRegistry registry) {
    return clusters.stream()
        .map(
            cluster ->
                registry.ofCluster(cluster).isEmpty()
                    ? Report.unmanaged(cluster, settings.daemon(), clock.instant())
                    : lastBy(registry, cluster))
        .toList();
  }

  /** A look that used other files says nothing about these. */
  private Report lastBy(PolicyRegistry registry, String cluster) {
    Report report = last.get(cluster);
    return report != null && isBy(registry, cluster)
        ? report
        : Report.noLookInTime(cluster, settings.daemon(), clock.instant());
  }

  @Override
  public synchronized void onDesiredState(String cluster, PlanInput.DesiredState by) {
    desiredStates.put(cluster, by);
  }

  @Override
  public void onCycleEnd(Report report, Duration took, Duration late) {
    synchronized (this) {
      last.put(report.cluster(), report);
    }
    progress.accept(report);
  }
}
