package dev.backstop.force;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.observation.Observation;
import dev.backstop.oceanbase.ActingSession;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Looks before anything is done, and refuses whatever is doubtful. */
final class Preflight {

  private final String cluster;
  private final OceanBaseCluster reached;
  private final Expect expect;

  Preflight(String cluster, OceanBaseCluster reached, Expect expect) {
    this.cluster = cluster;
    this.reached = reached;
    this.expect = expect;
  }

  /**
   * Holds what was found.
   *
   * @param seen a look that shows all
   * @param destinations both locations and their options
   * @param standing the forced end as sent before, where it must not be sent again
   */
  record Scene(
      Observation seen, BackupDestinations destinations, Optional<PreviousForce> standing) {}

  /** Finds out whether it may begin, or be gone on with; else throws why not. */
  Scene explore(ForceRecord recorded, boolean evenSo, Instant now) {
    Disarming disarming = recorded.disarming();
    if (disarming != null) {
      throw ForceRefusedException.failed(Authorization.disarmed(disarming).refusal());
    }
    Observation seen = look();
    BackupDestinations present = destinations();
    Optional<PreviousForce> standing = recorded.earlier().filter(one -> one.stands(present));
    if (standing.isEmpty()) {
      Optional<String> failed = new FailedStop(recorded.memory(), recorded.history(), now).of(seen);
      new ForceEligibility(cluster, seen, failed, evenSo)
          .objection()
          .ifPresent(
              words -> {
                throw ForceRefusedException.failed(words);
              });
    }
    return new Scene(seen, present, standing);
  }

  private Observation look() {
    Observation seen = reached.look(Set.of());
    ForceObservation sight = ForceObservation.of(seen, expect);
    if (!sight.isClear()) {
      throw new ForceRefusedException(
          sight.ending(), sight.words() + "; backstop doctor -c " + cluster + " tells more");
    }
    return seen;
  }

  private BackupDestinations destinations() {
    try (ActingSession session = reached.act()) {
      return destinations(session);
    }
  }

  /** Reads both locations; throws where they can't be read, as they could not be recorded. */
  static BackupDestinations destinations(ActingSession session) {
    ActingSession.Parameters read = session.read(BackupDestinations.NAMES);
    if (!read.objection().isEmpty()) {
      throw new ForceRefusedException(
          ForceOutcome.NOT_READABLE,
          "both destinations must be on record before anything is sent by force, and they can't be"
              + " read: "
              + read.objection());
    }
    return new BackupDestinations(read.values());
  }
}
