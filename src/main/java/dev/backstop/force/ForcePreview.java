package dev.backstop.force;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.observation.Job;
import dev.backstop.observation.Observation;
import dev.backstop.oceanbase.ActingSession;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.policy.Mode;
import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import dev.backstop.state.StoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows what would be ended, what is needed after, and what to type; as far as it can be told. */
final class ForcePreview {

  private final Settings settings;
  private final ClusterSettings cluster;
  private final OceanBaseCluster reached;
  private final Clock clock;
  private final List<String> lines = new ArrayList<>();
  private final List<String> obstacles = new ArrayList<>();

  ForcePreview(Settings settings, ClusterSettings cluster, OceanBaseCluster reached, Clock clock) {
    this.settings = settings;
    this.cluster = cluster;
    this.reached = reached;
    this.clock = clock;
  }

  List<String> lines() {
    lines.add("Nothing is sent and nothing is written now.");
    lines.addAll(Runbook.ENDS.lines(cluster.name()));
    configuration();
    boolean needsEvenSo = onRecord(reached.look(Set.of()));
    lines.addAll(Runbook.AFTER.lines(cluster.name()));
    obstacles.forEach(words -> lines.add("It would be refused: " + words));
    lines.add(obstacles.isEmpty() ? "To do it, type:" : "Once that is mended, type:");
    lines.add(
        "  backstop cancel-all-backup-force %s --conf %s --confirm %s --reason 'WHY'%s"
            .formatted(
                cluster.name(), settings.file(), cluster.name(), needsEvenSo ? " --even-so" : ""));
    return lines;
  }

  private void configuration() {
    if (cluster.expect() == null) {
      obstacles.add("the cluster has no expect in " + settings.file());
    }
    if (settings.mode() == Mode.OBSERVE) {
      obstacles.add(settings.file() + " says mode: observe");
    }
  }

  /** Tells what runs and what is on record; returns whether it takes {@code --even-so}. */
  private boolean onRecord(Observation seen) {
    Expect expect = cluster.expect();
    ForceObservation sight =
        expect == null
            ? new ForceObservation(ForceOutcome.FAILED, "")
            : ForceObservation.of(seen, expect);
    if (!sight.words().isEmpty()) {
      obstacles.add(sight.words());
    }
    running(seen);
    ForceRecord recorded = recorded();
    Disarming disarming = recorded.disarming();
    if (disarming != null) {
      obstacles.add(Authorization.disarmed(disarming).refusal());
    }
    if (!sight.words().isEmpty() || (sight.isClear() && isStanding(recorded))) {
      return false;
    }
    Optional<String> failed =
        new FailedStop(recorded.memory(), recorded.history(), clock.instant()).of(seen);
    lines.add(failed.map(words -> "A failed stop is on record: " + words).orElse(NO_FAILED_STOP));
    Optional<String> objection =
        new ForceEligibility(cluster.name(), seen, failed, false).objection();
    objection.ifPresent(words -> lines.add("Without --even-so it is refused: " + words));
    return objection.isPresent();
  }

  private static final String NO_FAILED_STOP = "No failed stop of what runs is on record.";

  private void running(Observation seen) {
    if (!seen.isAnswered()) {
      lines.add("What of the secondary backup runs can't be read now.");
      return;
    }
    List<Job> jobs = ForceRecorder.all(seen);
    lines.add(
        "Of the secondary backup, as seen now at "
            + seen.endpoint()
            + (jobs.isEmpty() ? ", nothing runs." : ", all tenants, this runs:"));
    jobs.forEach(
        job ->
            lines.add(
                "  "
                    + job.title()
                    + (job.destination().isEmpty() ? "" : "  " + job.destination())));
  }

  private ForceRecord recorded() {
    try {
      return LiveForceService.recorded(settings, cluster.name(), clock.instant());
    } catch (BackstopException | StoreException e) {
      obstacles.add(String.valueOf(e.getMessage()));
      return ForceRecord.nothing(cluster.name());
    }
  }

  private boolean isStanding(ForceRecord recorded) {
    try (ActingSession session = reached.act()) {
      BackupDestinations present = Preflight.destinations(session);
      lines.add("Both destinations and their options now, keys not shown:");
      present.lines().forEach(line -> lines.add("  " + line));
      Optional<PreviousForce> standing = recorded.earlier().filter(one -> one.stands(present));
      standing.ifPresent(earlier -> lines.add("Note: " + earlier.refusal()));
      return standing.isPresent();
    } catch (ForceRefusedException refusal) {
      obstacles.add(String.valueOf(refusal.getMessage()));
      return false;
    }
  }
}
