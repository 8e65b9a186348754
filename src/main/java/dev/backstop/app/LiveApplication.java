package dev.backstop.app;

import dev.backstop.plan.Holds;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.PolicyBook;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.HistoryQuery;
import dev.backstop.reconcile.Report;
import dev.backstop.reconcile.Store;
import dev.backstop.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does what the verbs ask for, with real clusters, files and stores. */
public final class LiveApplication implements Application {

  private final Workplace workplace;

  /** Works with a configuration file, which is read by each verb. */
  public LiveApplication(Path conf, Clock clock) {
    this.workplace = new Workplace(conf, clock);
  }

  @Override
  public Running run() {
    return Daemon.start(workplace);
  }

  @Override
  public Running demo(boolean interactive, Consumer<String> say) {
    return Demo.start(interactive, say, workplace.clock());
  }

  @Override
  public Running simulate(int port, @Nullable String profile, Consumer<String> say) {
    return Simulating.start(port, profile, say, workplace.clock());
  }

  @Override
  public List<Profile> profiles() {
    return Simulating.profiles();
  }

  @Override
  public Validation validate(List<Path> files) {
    return new Checking(workplace.settings(), workplace.clock().instant()).check(files);
  }

  @Override
  public Overview plan(Set<String> clusters, boolean asIfArmed) {
    Settings settings = workplace.settings();
    return new Planning(settings, workplace.clock())
        .plan(Workplace.clusters(settings, clusters), asIfArmed);
  }

  @Override
  public Overview apply(Set<String> clusters, Duration timeout, Consumer<Report> progress) {
    Settings settings = workplace.settings();
    List<String> asked = Workplace.clusters(settings, clusters);
    return new Applying(settings, workplace.clock(), asked, progress).apply(timeout);
  }

  @Override
  public Overview status(Set<String> clusters) {
    Settings settings = workplace.settings();
    List<String> asked = Workplace.clusters(settings, clusters);
    Instant now = workplace.clock().instant();
    try (Store store = Workplace.recorded(settings)) {
      PolicyBook book = store.book().policies();
      Map<String, Report> recorded =
          store.reports().stream().collect(Collectors.toMap(Report::cluster, Function.identity()));
      List<Report> reports =
          asked.stream().map(cluster -> recorded(settings, recorded, book, cluster, now)).toList();
      List<HeldSet> held =
          Holds.of(book, store.memories()).stream()
              .filter(set -> Workplace.shows(settings, asked, set))
              .toList();
      return new Overview(reports, book, held, store.disarmings(now), Mistakes.of(settings, book));
    }
  }

  private static Report recorded(
      Settings settings,
      Map<String, Report> recorded,
      PolicyBook book,
      String cluster,
      Instant now) {
    if (recorded.containsKey(cluster)) {
      return recorded.get(cluster);
    }
    return book.ofCluster(cluster).isEmpty()
        ? Reports.unmanaged(settings, cluster, now)
        : Reports.notLookedYet(settings, cluster, now);
  }

  @Override
  public List<HistoryEntry> history(HistoryQuery query) {
    try (Store store = Workplace.recorded(workplace.settings())) {
      return store.history(query);
    }
  }

  @Override
  public List<String> approve(String id, String reason) {
    return commands().approve(id, reason);
  }

  @Override
  public List<String> forget(String policyOrId, String reason) {
    return commands().forget(policyOrId, reason);
  }

  @Override
  public List<String> disarm(String cluster, String reason, @Nullable Instant until) {
    return commands().disarm(cluster, reason, until);
  }

  @Override
  public List<String> arm(String cluster) {
    return commands().arm(cluster);
  }

  private Commands commands() {
    return new Commands(workplace.settings(), workplace.clock());
  }

  @Override
  public void doctor(Set<String> clusters, Consumer<Check> found) {
    Settings settings = workplace.settings();
    new Doctor(settings, workplace.clock()).examine(Workplace.clusters(settings, clusters), found);
  }
}
