package dev.backstop.force;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import java.util.Optional;

/**
 * Judges whether a look shows all that must be known, of the right cluster.
 *
 * @param ending what a command ends with that sees no more than this; PROVEN where it sees all
 * @param words what is in the way; empty where nothing is
 */
record ForceObservation(ForceOutcome ending, String words) {

  private static final ForceObservation CLEAR = new ForceObservation(ForceOutcome.PROVEN, "");

  static ForceObservation of(Observation seen, Expect expect) {
    Optional<ForceObservation> blind =
        blindTo(seen, Area.EVERYTHING).or(() -> blindTo(seen, Area.IDENTITY));
    if (blind.isPresent()) {
      return blind.get();
    }
    Identity identity = seen.identity();
    if (identity != null && !identity.tenant().equals(TenantId.SYS)) {
      return wrong("the session is in tenant " + identity.tenant() + ", not in sys");
    }
    if (identity != null
        && !(identity.name().equals(expect.name()) && identity.id() == expect.id())) {
      return wrong(
          "the server is cluster %s with id %s, expected %s with id %s; compare endpoints, user and expect"
              .formatted(identity.name(), identity.id(), expect.name(), expect.id()));
    }
    ServerVersion version = seen.version();
    if (version != null && version.lacksSecondaryBackup()) {
      return unreadable("OceanBase " + version + " has no secondary backup: nothing to end");
    }
    return blindTo(seen, Area.VERSION)
        .or(() -> seen.blindTo(Kind.DATA).map(ForceObservation::blind))
        .or(() -> seen.blindTo(Kind.LOG).map(ForceObservation::blind))
        .orElse(CLEAR);
  }

  private static Optional<ForceObservation> blindTo(Observation seen, Area area) {
    return seen.blindTo(area).map(ForceObservation::blind);
  }

  private static ForceObservation blind(BlindSpot spot) {
    return unreadable("the cluster can't be read, and unknown is never empty: " + spot.words());
  }

  private static ForceObservation unreadable(String words) {
    return new ForceObservation(ForceOutcome.NOT_READABLE, words);
  }

  private static ForceObservation wrong(String words) {
    return new ForceObservation(ForceOutcome.WRONG_CLUSTER, words);
  }

  boolean isClear() {
    return ending == ForceOutcome.PROVEN;
  }
}
