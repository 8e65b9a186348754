package dev.backstop.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The conditions for sending a statement, in the order in which the first that fails is shown. */
public enum Guard {
  SYS_TENANT(
      Phase.LOOK,
      "The session is in the sys tenant.",
      kind -> ObservationChecks.wrongTenant(kind.input())),
  EXPECTED_CLUSTER(
      Phase.LOOK,
      "The cluster's name and id are the expected ones.",
      kind -> ObservationChecks.wrongCluster(kind.input())),
  SUPPORTED_VERSION(
      Phase.LOOK,
      "The server is older than 4.0.",
      kind -> ObservationChecks.unsupported(kind.input())),
  READABLE(
      Phase.LOOK,
      "Identity, version, views and flag could be read.",
      kind -> ObservationChecks.unreadable(kind.input(), kind.kind())),
  READABLE_NAMES(
      Phase.LOOK,
      "Tenant names could be read where a policy uses names.",
      kind -> ObservationChecks.namesUnreadable(kind.input())),
  READABLE_DESTINATIONS(
      Phase.LOOK,
      "Where jobs write to could be read where a policy lists destinations.",
      kind -> ObservationChecks.destinationUnreadable(kind.input(), kind.kind())),
  ARMED(Phase.HOLD, "No person disarmed the cluster.", HoldGuards::disarmed),
  TRUSTED_STORE(Phase.HOLD, "The state store passed its check.", HoldGuards::storeUnreadable),
  NO_HELD_DELETION(
      Phase.HOLD, "No deletion that waits for a person is needed to stop.", HoldGuards::deletion),
  WITHIN_BUDGET(
      Phase.HOLD, "The edit was within the hourly budget of clusters.", HoldGuards::budget),
  NOBODY_ELSES_JOBS(
      Phase.BLOCK, "The statement would hit nothing but forbidden jobs.", BlockGuards::othersJobs),
  GOOD_POLICY_FILE(Phase.BLOCK, "The policy's own file is good.", BlockGuards::brokenPolicy),
  SETTLED_POLICY_FILE(
      Phase.BLOCK, "The policy's own file has settled.", BlockGuards::unsettledPolicy),
  NO_STRAY_FILE(
      Phase.BLOCK,
      "No broken file without a good version may speak of the cluster.",
      BlockGuards::strayFile),
  TENANTS_RESOLVED(
      Phase.BLOCK, "Every tenant name under an on resolves.", BlockGuards::unresolvedTenant),
  CLOCKS_AGREE(
      Phase.BLOCK,
      "Before a window stops anything, the daemon's and the server's clock agree.",
      LimitGuards::clockDisagrees),
  ENFORCED(Phase.BLOCK, "Policy and configuration let Backstop act.", BlockGuards::observed),
  GRACE_OVER(Phase.PACE, "The deletion has taken effect.", PaceGuards::grace),
  CONTEST_WAIT(Phase.PACE, "The wait after the last return is over.", PaceGuards::contest),
  ROWS_AT_REST(
      Phase.PACE,
      "Rows that are on their way out have not moved for "
          + StatementPace.ROWS_AT_REST.toSeconds()
          + " s.",
      PaceGuards::ending),
  REPEAT_PACE(
      Phase.PACE,
      "There was progress, a proven stop, or "
          + StatementPace.REPEAT.toSeconds()
          + " s ("
          + StatementPace.WITHOUT_SUCCESS.toMinutes()
          + " min after a refusal or without proof) since the last statement.",
      PaceGuards::repeat);

  /** The parts of the order: what is judged, and who or what ends it. */
  public enum Phase {
    /** The look itself: judged even where nothing forbidden runs. */
    LOOK("the look"),
    /** Only a person lifts it. */
    HOLD("a hold"),
    /** It would hit too much, or somebody has not settled what is asked for. */
    BLOCK("a block"),
    /** It ends by itself. */
    PACE("the pace");

    private final String words;

    Phase(String words) {
      this.words = words;
    }

    /** Returns the phase in words. */
    String words() {
      return words;
    }
  }

  private final Phase phase;
  private final String promise;

  // Every check is a reference to a method without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<KindInput, Optional<Veto>> check;

  Guard(Phase phase, String promise, Function<KindInput, Optional<Veto>> check) {
    this.phase = phase;
    this.promise = promise;
    this.check = check;
  }

  /** Lists the guards of a phase in their order. */
  static List<Guard> of(Phase phase) {
    return Arrays.stream(values()).filter(guard -> guard.phase == phase).toList();
  }

  /** Returns the part of the order that it belongs to. */
  Phase phase() {
    return phase;
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
