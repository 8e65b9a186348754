package dev.backstop.app;

import dev.backstop.plan.Holds;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.Situation.Wanted;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyBook;
import dev.backstop.policy.Presence;
import dev.backstop.reconcile.CycleListener;
import dev.backstop.reconcile.Report;
import dev.backstop.reconcile.Store;
import dev.backstop.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs the loop once for the verb {@code apply}, until nothing can change without a person. */
final class Applying implements CycleListener {

  private static final Duration BREATH = Duration.ofMillis(100);

  private final Settings settings;
  private final Clock clock;
  private final List<String> clusters;
  private final Consumer<Report> progress;
  private final Map<String, Report> last = new TreeMap<>();
  private final Map<String, Wanted> judgedBy = new TreeMap<>();

  Applying(Settings settings, Clock clock, List<String> clusters, Consumer<Report> progress) {
    this.settings = settings;
    this.clock = clock;
    this.clusters = List.copyOf(clusters);
    this.progress = progress;
  }

  Overview apply(Duration timeout) {
    Instant end = clock.instant().plus(timeout);
    try (Store store = Workplace.writing(settings, Workplace.apply(settings), clock);
        Engine engine =
            new Engine(
                settings, Workplace.apply(settings), store, clusters::contains, this, clock)) {
      engine.start();
      while (clock.instant().isBefore(end) && !isDone(engine)) {
        Pause.until(clock.instant().plus(BREATH), clock);
      }
      PolicyBook book = engine.ledger().book().policies();
      List<HeldSet> held =
          Holds.of(book, store.memories()).stream()
              .filter(set -> set.clusters().stream().anyMatch(clusters::contains))
              .toList();
      return new Overview(
          reports(book),
          book,
          held,
          store.disarmings(clock.instant()),
          Mistakes.of(settings, book));
    }
  }

  private boolean isDone(Engine engine) {
    // Asked in this order: what has settled is in the book, and not the other way round.
    boolean isSettled = engine.isSettled();
    PolicyBook book = engine.ledger().book().policies();
    return isSettled && clusters.stream().allMatch(cluster -> isDone(cluster, book));
  }

  private synchronized boolean isDone(String cluster, PolicyBook book) {
    List<KnownPolicy> policies = book.ofCluster(cluster);
    boolean mayStillChange =
        policies.stream()
            .anyMatch(
                known ->
                    known.presence() == Presence.CHANGING || known.presence() == Presence.PENDING);
    if (policies.isEmpty()) {
      return true;
    }
    Report report = last.get(cluster);
    return !mayStillChange
        && report != null
        && isBy(book, cluster)
        && report.plan().releases().isEmpty()
        && report.plan().kinds().stream().allMatch(Applying::needsPerson);
  }

  /** Tells whether the last report of a cluster goes by the policies as they are now. */
  private boolean isBy(PolicyBook book, String cluster) {
    Wanted by = judgedBy.get(cluster);
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

  private synchronized List<Report> reports(PolicyBook book) {
    return clusters.stream()
        .map(
            cluster ->
                book.ofCluster(cluster).isEmpty()
                    ? Reports.unmanaged(settings, cluster, clock.instant())
                    : lastBy(book, cluster))
        .toList();
  }

  /** A look that went by other files says nothing of what these want. */
  private Report lastBy(PolicyBook book, String cluster) {
    Report report = last.get(cluster);
    return report != null && isBy(book, cluster)
        ? report
        : Reports.notLookedYet(settings, cluster, clock.instant());
  }

  @Override
  public synchronized void judged(String cluster, Wanted by) {
    judgedBy.put(cluster, by);
  }

  @Override
  public synchronized void cycled(Report report, Duration took, Duration late) {
    last.put(report.cluster(), report);
    progress.accept(report);
  }
}
