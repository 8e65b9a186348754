package dev.backstop.listener;

import dev.backstop.state.Event;
import org.slf4j.event.Level;

/** Maps each event of history to the level at which it is logged. */
public final class EventLevels {

  private EventLevels() {}

  /**
   * Returns WARN for what a person decided, what waits for a person and what was rejected; INFO for
   * the rest.
   */
  public static Level of(Event event) {
    return switch (event) {
      case STORE_CREATED,
          STORE_REPLACED,
          CONF_REJECTED,
          POLICY_BROKEN,
          POLICY_INVALID,
          DELETION_HELD,
          BUDGET_HELD,
          EDIT_HELD,
          FORCE_ENDED,
          APPROVED,
          FORGOTTEN,
          DISARMED,
          ARMED ->
          Level.WARN;
      case DAEMON_STARTED,
          DAEMON_STOPPED,
          STORE_RESTORED,
          CONF_LOADED,
          POLICY_ADDED,
          POLICY_EDITED,
          POLICY_MENDED,
          POLICY_INVALID_ENDED,
          DELETION_NOTICED,
          DELETION_WITHDRAWN,
          DELETION_SUPERSEDED,
          DELETION_COUNTED,
          DELETION_FORGOTTEN,
          DELETION_PROVEN,
          DELETION_WOULD_STOP,
          BUDGET_RELEASED,
          WINDOW_OPENED,
          WINDOW_CLOSED,
          STATE_CHANGED,
          STATEMENT,
          STATEMENT_RESULT,
          PERMIT_REFUSED,
          STOP_PROVEN,
          JOB_RETURNED,
          DESTINATION_RECORDED ->
          Level.INFO;
    };
  }
}
