package dev.backstop.plan;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import dev.backstop.policy.KnownPolicy;
import java.util.Optional;

/**
 * Checks whether an observation is of the expected cluster, and complete enough to judge a kind.
 */
final class ObservationChecks {

  private ObservationChecks() {}

  /** Returns the first reason not to judge, if any. */
  static Optional<Veto> veto(PlanInput input, Kind kind) {
    return wrongTenant(input)
        .or(() -> wrongCluster(input))
        .or(() -> unsupported(input))
        .or(() -> unreadable(input, kind))
        .or(() -> namesUnreadable(input))
        .or(() -> destinationUnreadable(input, kind));
  }

  /** Returns whether everything was read that shows what runs of a kind, and whose. */
  static boolean isReadable(PlanInput input, Kind kind) {
    return wrongTenant(input).isEmpty()
        && wrongCluster(input).isEmpty()
        && unsupported(input).isEmpty()
        && unreadable(input, kind).isEmpty()
        && namesUnreadable(input).isEmpty();
  }

  /** An unknown destination may be one that a policy lists, or one that it does not. */
  static Optional<Veto> destinationUnreadable(PlanInput input, Kind kind) {
    if (input.observation().blindTo(kind).isPresent()) {
      return Optional.empty();
    }
    VerdictContext context = VerdictContext.of(input);
    for (KnownPolicy known : input.policies(kind)) {
      if (known.permits(kind) && !known.policy().limits(kind).destinations().isEmpty()) {
        for (Job job : input.observation().jobs(kind)) {
          if (isUnknown(known, job, context)) {
            return Optional.of(
                Veto.of(
                    State.UNKNOWN,
                    ReasonCode.DESTINATION_UNREADABLE,
                    "%s runs, policy %s lists destinations, and where it writes to can't be read"
                        .formatted(job.title(), known.name()),
                    "mend it; backstop doctor -c " + input.cluster() + " shows what to type"));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What is off for another reason is asked for no destination. */
  private static boolean isUnknown(KnownPolicy known, Job job, VerdictContext context) {
    return PolicySnapshot.permits(known.policy().coverage(), job, context.tenantIds())
        && context
            .breach(known.policy().limits(job.kind()), job)
            .filter(breach -> !breach.isOff())
            .isPresent();
  }

  static Optional<Veto> wrongTenant(PlanInput input) {
    Identity identity = input.observation().identity();
    if (identity == null || identity.tenant().equals(TenantId.SYS)) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.WRONG_CLUSTER,
            ReasonCode.WRONG_TENANT,
            "the session is in tenant " + identity.tenant() + ", not in sys",
            "set clusters."
                + input.cluster()
                + ".user to a user of the sys tenant, such as root@sys"));
  }

  static Optional<Veto> wrongCluster(PlanInput input) {
    Identity identity = input.observation().identity();
    PlanInput.ExpectedIdentity expect = input.desired().expect();
    if (identity == null
        || expect == null
        || (identity.name().equals(expect.name()) && identity.id() == expect.id())) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.WRONG_CLUSTER,
            ReasonCode.WRONG_IDENTITY,
            input.observation().endpoint()
                + (" answers as cluster " + identity.name() + " with id " + identity.id())
                + ("; expected is " + expect.name() + " with id " + expect.id()),
            "correct clusters."
                + input.cluster()
                + ".endpoints, user or expect in the configuration"));
  }

  static Optional<Veto> unsupported(PlanInput input) {
    ServerVersion version = input.observation().version();
    if (version == null || !version.lacksSecondaryBackup()) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.UNSUPPORTED,
            ReasonCode.VERSION_UNSUPPORTED,
            "OceanBase " + version + " has no secondary backup; Backstop is for 2.2.77 to 3.2",
            "remove cluster " + input.cluster() + " from the policies"));
  }

  static Optional<Veto> unreadable(PlanInput input, Kind kind) {
    return input
        .observation()
        .blindTo(Area.VERSION)
        .or(() -> input.observation().blindTo(Area.IDENTITY))
        .or(() -> input.observation().blindTo(kind))
        .map(spot -> unknown(input, spot));
  }

  static Optional<Veto> namesUnreadable(PlanInput input) {
    Optional<BlindSpot> blind = input.observation().blindTo(Area.TENANT_NAMES);
    return blind.isEmpty() || input.desired().tenantNames().isEmpty()
        ? Optional.empty()
        : blind.map(spot -> unknown(input, spot));
  }

  private static Veto unknown(PlanInput input, BlindSpot spot) {
    return Veto.of(
        State.UNKNOWN,
        code(spot.cause()),
        spot.words(),
        "backstop doctor -c " + input.cluster() + " shows what to type");
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
