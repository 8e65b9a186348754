package dev.backstop.command;

import dev.backstop.daemon.ConfigurationFile;
import dev.backstop.daemon.Daemon;
import dev.backstop.daemon.Running;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs the commands with real clusters, files and stores; each reads the configuration anew. */
public final class LiveApplication implements Application {

  private final ConfigurationFile conf;
  private final Clock clock;

  public LiveApplication(Path conf, Clock clock) {
    this.conf = new ConfigurationFile(conf);
    this.clock = clock;
  }

  private CommandContext context(String verb) {
    return new CommandContext(conf.load(), clock, verb);
  }

  @Override
  public Running run() {
    conf.requireExisting();
    return Daemon.start(conf, clock);
  }

  @Override
  public Validation validate(List<Path> files) {
    return new ValidateService(context("validate")).check(files);
  }

  @Override
  public Overview plan(Set<String> clusters, Consumer<String> progress) {
    CommandContext context = context("plan");
    return new PlanService(context, progress).plan(context.scope(clusters), false);
  }

  @Override
  public Overview planAt(Set<String> clusters, Instant at, Consumer<String> progress) {
    CommandContext context = context("plan");
    return new PlanService(context, progress, at).plan(context.scope(clusters), false);
  }

  @Override
  public Overview apply(Set<String> clusters, Duration timeout, Consumer<Report> progress) {
    CommandContext context = context("apply");
    return new ApplyService(context, context.scope(clusters), progress).apply(timeout);
  }

  @Override
  public Overview status(Set<String> clusters) {
    return new StatusService(context("status")).status(clusters);
  }

  @Override
  public List<String> history(HistoryQuery query, Consumer<HistoryEntry> reader) {
    return new StatusService(context("history")).history(query, reader);
  }

  @Override
  public List<String> approve(
      String id, @Nullable String only, String reason, boolean withoutDaemon) {
    return new DecisionService(context("approve")).approve(id, only, reason, withoutDaemon);
  }

  @Override
  public List<String> forget(String policyOrId, String reason, boolean withoutDaemon) {
    return new DecisionService(context("forget")).forget(policyOrId, reason, withoutDaemon);
  }

  @Override
  public List<String> disarm(String cluster, String reason, @Nullable Instant until) {
    return new DecisionService(context("disarm")).disarm(cluster, reason, until);
  }

  @Override
  public List<String> arm(
      String cluster,
      String reason,
      boolean withoutDaemon,
      Consumer<String> progress,
      Predicate<Overview> confirm) {
    return new DecisionService(context("arm"))
        .arm(cluster, reason, withoutDaemon, progress, confirm);
  }

  @Override
  public void doctor(Set<String> clusters, Consumer<String> progress, Consumer<Check> found) {
    CommandContext context = context("doctor");
    new DoctorService(context).examine(context.clusters(clusters), progress, found);
  }

  @Override
  public List<String> testNotification(String name) throws InterruptedException {
    return new NotificationService(context("notify")).test(name);
  }

  @Override
  public List<String> notifications() {
    return new NotificationService(context("completion")).names();
  }

  @Override
  public List<String> clusters() {
    return context("completion").clusters(Set.of());
  }
}
