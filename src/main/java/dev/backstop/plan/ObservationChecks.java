package dev.backstop.plan;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Kind;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import java.util.Optional;

/**
 * Checks whether an observation is of the expected cluster, and complete enough to judge a kind.
 */
final class ObservationChecks {

  private ObservationChecks() {}

  /** Returns the first reason not to judge, if any. */
  static Optional<Veto> veto(PlanInput situation, Kind kind) {
    return wrongTenant(situation)
        .or(() -> wrongCluster(situation))
        .or(() -> unsupported(situation))
        .or(() -> unreadable(situation, kind))
        .or(() -> namesUnreadable(situation));
  }

  static Optional<Veto> wrongTenant(PlanInput situation) {
    Identity identity = situation.observation().identity();
    if (identity == null || identity.tenant().equals(TenantId.SYS)) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.WRONG_CLUSTER,
            ReasonCode.WRONG_TENANT,
            "the session is in tenant " + identity.tenant() + ", not in sys",
            "set clusters."
                + situation.cluster()
                + ".user to a user of the sys tenant, such as root@sys"));
  }

  static Optional<Veto> wrongCluster(PlanInput situation) {
    Identity identity = situation.observation().identity();
    PlanInput.ExpectedIdentity expect = situation.wanted().expect();
    if (identity == null
        || expect == null
        || (identity.name().equals(expect.name()) && identity.id() == expect.id())) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.WRONG_CLUSTER,
            ReasonCode.WRONG_IDENTITY,
            situation.observation().endpoint()
                + (" answers as cluster " + identity.name() + " with id " + identity.id())
                + ("; expected is " + expect.name() + " with id " + expect.id()),
            "correct clusters."
                + situation.cluster()
                + ".endpoints, user or expect in the configuration"));
  }

  static Optional<Veto> unsupported(PlanInput situation) {
    ServerVersion version = situation.observation().version();
    if (version == null || !version.lacksSecondaryBackup()) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.UNSUPPORTED,
            ReasonCode.VERSION_UNSUPPORTED,
            "OceanBase " + version + " has no secondary backup; Backstop is for 2.2.77 to 3.2",
            "remove cluster " + situation.cluster() + " from the policies"));
  }

  static Optional<Veto> unreadable(PlanInput situation, Kind kind) {
    return situation
        .observation()
        .blindTo(Area.VERSION)
        .or(() -> situation.observation().blindTo(Area.IDENTITY))
        .or(() -> situation.observation().blindTo(kind))
        .map(spot -> unknown(situation, spot));
  }

  static Optional<Veto> namesUnreadable(PlanInput situation) {
    Optional<BlindSpot> blind = situation.observation().blindTo(Area.TENANT_NAMES);
    return blind.isEmpty() || situation.wanted().tenantNames().isEmpty()
        ? Optional.empty()
        : blind.map(spot -> unknown(situation, spot));
  }

  private static Veto unknown(PlanInput situation, BlindSpot spot) {
    return Veto.of(
        State.UNKNOWN,
        code(spot.cause()),
        spot.words(),
        "mend it; backstop doctor -c " + situation.cluster() + " shows what to type");
  }

  private static ReasonCode code(BlindSpot.Cause cause) {
    return switch (cause) {
      case UNREACHABLE -> ReasonCode.UNREACHABLE;
      case TIMEOUT -> ReasonCode.TIMEOUT;
      case LOGIN_REFUSED -> ReasonCode.LOGIN_REFUSED;
      case PASSWORD_UNREADABLE -> ReasonCode.PASSWORD_UNREADABLE;
      case MISSING -> ReasonCode.VIEW_MISSING;
      case NO_PRIVILEGE -> ReasonCode.NO_PRIVILEGE;
      case NO_CONSTANT_ROW -> ReasonCode.NO_CONSTANT_ROW;
      case MALFORMED -> ReasonCode.MALFORMED_ANSWER;
      case SERVER_ERROR -> ReasonCode.SERVER_ERROR;
    };
  }
}
