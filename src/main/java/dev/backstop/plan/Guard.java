package dev.backstop.plan;

import java.util.Optional;
import java.util.function.Function;

/** The conditions for sending a statement, in the order in which the first that fails is shown. */
public enum Guard {
  SYS_TENANT(
      "The session is in the sys tenant.", kind -> ObservationChecks.wrongTenant(kind.input())),
  EXPECTED_CLUSTER(
      "The cluster's name and id are the expected ones.",
      kind -> ObservationChecks.wrongCluster(kind.input())),
  SUPPORTED_VERSION(
      "The server is older than 4.0.", kind -> ObservationChecks.unsupported(kind.input())),
  READABLE(
      "Identity, version, views and flag could be read.",
      kind -> ObservationChecks.unreadable(kind.input(), kind.kind())),
  READABLE_NAMES(
      "Tenant names could be read where a policy uses names.",
      kind -> ObservationChecks.namesUnreadable(kind.input())),
  ARMED("No person disarmed the cluster.", HoldGuards::disarmed),
  TRUSTED_STORE("The state store passed its check.", HoldGuards::storeUnreadable),
  NO_HELD_DELETION("No deletion that waits for a person is needed to stop.", HoldGuards::deletion),
  WITHIN_BUDGET("The edit was within the hourly budget of clusters.", HoldGuards::budget),
  NOBODY_ELSES_JOBS("The statement would hit nothing but forbidden jobs.", BlockGuards::othersJobs),
  GOOD_POLICY_FILE("The policy's own file is good.", BlockGuards::brokenPolicy),
  SETTLED_POLICY_FILE("The policy's own file has settled.", BlockGuards::unsettledPolicy),
  NO_STRAY_FILE(
      "No broken file without a good version may speak of the cluster.", BlockGuards::strayFile),
  TENANTS_RESOLVED("Every tenant name under an on resolves.", BlockGuards::unresolvedTenant),
  ENFORCED("Policy and configuration let Backstop act.", BlockGuards::observed),
  GRACE_OVER("The deletion has counted.", PaceGuards::grace),
  CONTEST_WAIT("The wait after the last return is over.", PaceGuards::contest),
  ROWS_AT_REST("Rows that are on their way out have not moved for 60 s.", PaceGuards::ending),
  REPEAT_PACE(
      "There was progress, a proven stop, or 60 s (10 min after a refusal or without proof) since"
          + " the last statement.",
      PaceGuards::repeat);

  private final String promise;

  // Every check is a reference to a method without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<KindInput, Optional<Veto>> check;

  Guard(String promise, Function<KindInput, Optional<Veto>> check) {
    this.promise = promise;
    this.check = check;
  }

  /** Returns what holds whenever a statement is sent. */
  public String promise() {
    return promise;
  }

  /** Returns the reason not to send anything, if there is one. */
  Optional<Veto> check(KindInput kind) {
    return check.apply(kind);
  }
}
