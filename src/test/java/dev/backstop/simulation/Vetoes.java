package dev.backstop.simulation;

import dev.backstop.plan.Guard;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.ReasonCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells which guard kept something from being stopped, as far as the reason tells. */
final class Vetoes {

  private Vetoes() {}

  static Optional<Guard> of(KindPlan plan) {
    return Optional.ofNullable(guard(plan));
  }

  private static @Nullable Guard guard(KindPlan plan) {
    ReasonCode code = plan.reason().code();
    return switch (plan.state()) {
      case WRONG_CLUSTER ->
          code == ReasonCode.WRONG_TENANT ? Guard.SYS_TENANT : Guard.EXPECTED_CLUSTER;
      case UNSUPPORTED -> Guard.SUPPORTED_VERSION;
      case UNKNOWN -> unknown(plan);
      case CONTESTED ->
          plan.reason().words().contains("the next stop waits") ? Guard.CONTEST_WAIT : paced(plan);
      case REFUSED, NOT_VERIFIED, STOPPING -> paced(plan);
      case UNMANAGED, PERMITTED, STOPPED -> null;
      case DISARMED, HELD, BLOCKED, WOULD_STOP, DRIFTED -> ofCode(code);
    };
  }

  private static Guard unknown(KindPlan plan) {
    if (plan.reason().code() == ReasonCode.DESTINATION_UNREADABLE) {
      return Guard.READABLE_DESTINATIONS;
    }
    return isAboutNames(plan) ? Guard.READABLE_NAMES : Guard.READABLE;
  }

  private static boolean isAboutNames(KindPlan plan) {
    return plan.reason().words().startsWith("__all_tenant:");
  }

  private static @Nullable Guard paced(KindPlan plan) {
    String words = plan.reason().words();
    if (words.contains("it is on its way out")) {
      return Guard.ROWS_AT_REST;
    }
    return words.contains("it is repeated at") ? Guard.REPEAT_PACE : ofCode(plan.reason().code());
  }

  private static @Nullable Guard ofCode(ReasonCode code) {
    return switch (code) {
      case DISARMED -> Guard.ARMED;
      case STORE_UNREADABLE -> Guard.TRUSTED_STORE;
      case DELETION_HELD -> Guard.NO_HELD_DELETION;
      case BUDGET_HELD -> Guard.WITHIN_BUDGET;
      case OTHERS_JOBS -> Guard.NOBODY_ELSES_JOBS;
      case BROKEN_POLICY -> Guard.GOOD_POLICY_FILE;
      case UNSETTLED_FILE -> Guard.SETTLED_POLICY_FILE;
      case BROKEN_FILE -> Guard.NO_STRAY_FILE;
      case UNRESOLVED_TENANT -> Guard.TENANTS_RESOLVED;
      case CLOCK_DISAGREES -> Guard.CLOCKS_AGREE;
      case POLICY_OBSERVES, CONF_OBSERVES, NO_EXPECT -> Guard.ENFORCED;
      case DELETION_GRACE -> Guard.GRACE_OVER;
      case ENDING -> Guard.ROWS_AT_REST;
      case WAITING_TO_REPEAT -> Guard.REPEAT_PACE;
      default -> null;
    };
  }
}
