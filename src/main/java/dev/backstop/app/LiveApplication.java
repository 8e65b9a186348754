package dev.backstop.app;

import dev.backstop.config.Settings;
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
import org.jspecify.annotations.Nullable;

/** Does what the verbs ask for, with real clusters, files and stores. */
public final class LiveApplication implements Application {

  private final CommandContext workplace;

  /** Works with a configuration file, which is read by each verb. */
  public LiveApplication(Path conf, Clock clock) {
    this.workplace = new CommandContext(conf, clock);
  }

  @Override
  public Running run() {
    workplace.requireConf();
    return Daemon.start(workplace);
  }

  @Override
  public Validation validate(List<Path> files) {
    return new ValidateService(workplace.settings(), workplace.clock().instant()).check(files);
  }

  @Override
  public Overview plan(Set<String> clusters, boolean asIfArmed) {
    Settings settings = workplace.settings();
    return new PlanService(settings, workplace.clock(), "plan")
        .plan(CommandContext.clusters(settings, clusters), asIfArmed);
  }

  @Override
  public Overview apply(Set<String> clusters, Duration timeout, Consumer<Report> progress) {
    Settings settings = workplace.settings();
    List<String> asked = CommandContext.clusters(settings, clusters);
    return new ApplyService(settings, workplace.clock(), asked, progress).apply(timeout);
  }

  @Override
  public Overview status(Set<String> clusters) {
    return new StatusService(workplace.settings(), workplace.clock()).status(clusters);
  }

  @Override
  public List<String> history(HistoryQuery query, Consumer<HistoryEntry> reader) {
    return new StatusService(workplace.settings(), workplace.clock()).history(query, reader);
  }

  @Override
  public List<String> approve(String id, String reason, boolean withoutDaemon) {
    return commands("approve").approve(id, reason, withoutDaemon);
  }

  @Override
  public List<String> forget(String policyOrId, String reason, boolean withoutDaemon) {
    return commands("forget").forget(policyOrId, reason, withoutDaemon);
  }

  @Override
  public List<String> disarm(String cluster, String reason, @Nullable Instant until) {
    return commands("disarm").disarm(cluster, reason, until);
  }

  @Override
  public List<String> arm(String cluster, boolean withoutDaemon, Consumer<Overview> shown) {
    return commands("arm").arm(cluster, withoutDaemon, shown);
  }

  private DecisionService commands(String verb) {
    return new DecisionService(workplace.settings(), workplace.clock(), verb);
  }

  @Override
  public void doctor(Set<String> clusters, Consumer<Check> found) {
    Settings settings = workplace.settings();
    new Doctor(settings, workplace.clock())
        .examine(CommandContext.clusters(settings, clusters), found);
  }
}
