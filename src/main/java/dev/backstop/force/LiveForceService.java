package dev.backstop.force;

import dev.backstop.command.CommandContext;
import dev.backstop.config.ClusterSettings;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.ClusterRegistry;
import dev.backstop.daemon.ConfigurationFile;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.state.StoreException;
import dev.backstop.store.JdbcStore;
import dev.backstop.timeline.Clocks;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;

/** Runs the procedure on a real cluster and store. */
public final class LiveForceService implements ForceService {

  private static final String VERB = "cancel-all-backup-force";

  private final ConfigurationFile conf;
  private final Clock clock;

  /** Works with a configuration file, which is read when it is needed. */
  public LiveForceService(Path conf, Clock clock) {
    this.conf = new ConfigurationFile(conf);
    this.clock = clock;
  }

  @Override
  public void show(String cluster, Output output) {
    CommandContext context = context();
    Settings settings = context.settings();
    ClusterSettings one = cluster(context, cluster);
    String command =
        "backstop %s %s --conf %s --confirm %s --reason 'WHY'"
            .formatted(VERB, cluster, settings.file(), cluster);
    try (ClusterRegistry clusters = new ClusterRegistry(settings, clock)) {
      OceanBaseCluster reached = clusters.connect(one.name()).orElseThrow();
      Preflight checked = Preflight.check(settings, one, reached, readable(context, cluster));
      checked.preview(cluster, command).forEach(output::result);
    }
  }

  private CommandContext context() {
    return new CommandContext(conf.load(), clock, VERB);
  }

  private static ClusterSettings cluster(CommandContext context, String name) {
    context.clusters(Set.of(name));
    return context.settings().cluster(name).orElseThrow();
  }

  /** Reads the record as far as it can be read. */
  private ForceRecord readable(CommandContext context, String cluster) {
    try {
      return recorded(context, cluster);
    } catch (BackstopException | StoreException e) {
      return ForceRecord.without(String.valueOf(e.getMessage()), cluster, clock.instant());
    }
  }

  private ForceRecord recorded(CommandContext context, String cluster) {
    try (JdbcStore store = context.store().recorded()) {
      return store == null
          ? ForceRecord.without(
              "there is no state store yet, and the forced end is sent only once it is on record:"
                  + " backstop apply -c "
                  + cluster
                  + " makes one",
              cluster,
              clock.instant())
          : ForceRecord.read(store, cluster, clock.instant());
    }
  }

  @Override
  public ForceOutcome run(Order order, Output output) {
    CommandContext context = context();
    Settings settings = context.settings();
    String name = order.cluster();
    ClusterSettings one = cluster(context, name);
    try (ClusterRegistry clusters = new ClusterRegistry(settings, clock)) {
      OceanBaseCluster reached = clusters.connect(one.name()).orElseThrow();
      // A refusal leaves no trace.
      Preflight.check(settings, one, reached, recorded(context, name)).require(order.evenSo());
      try (JdbcStore store = context.store().forDecision()) {
        String reason = "ended by force: " + order.reason();
        ForceRecorder recorder =
            new ForceRecorder(
                store,
                context.person(),
                name,
                reason,
                one.lease(),
                new Clocks(store.timeline(), clock));
        return new ForceProcedure(
                reached, Objects.requireNonNull(one.expect()), recorder, order, output)
            .run(() -> Preflight.check(settings, one, reached, recorder.read()));
      }
    }
  }
}
