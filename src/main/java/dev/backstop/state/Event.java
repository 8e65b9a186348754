package dev.backstop.state;

import java.util.Locale;

/** The events of history. */
public enum Event {
  DAEMON_STARTED,
  DAEMON_STOPPED,
  STORE_CREATED,
  STORE_REPLACED,
  /** A store that had failed its check passes it again. */
  STORE_RESTORED,
  CONF_LOADED,
  CONF_REJECTED,
  POLICY_ADDED,
  POLICY_EDITED,
  POLICY_BROKEN,
  POLICY_MENDED,
  /** A file has a mistake and never had a good version. */
  POLICY_INVALID,
  /** Such a file is good now, or gone. */
  POLICY_INVALID_ENDED,
  DELETION_NOTICED,
  DELETION_WITHDRAWN,
  DELETION_SUPERSEDED,
  DELETION_HELD,
  DELETION_COUNTED,
  DELETION_FORGOTTEN,
  /** An effective deletion is proven for one kind. */
  DELETION_PROVEN,
  /** An effective deletion was only observed. */
  DELETION_WOULD_STOP,
  BUDGET_HELD,
  BUDGET_RELEASED,
  /** An edit was found when the store was taken over from another host. */
  EDIT_HELD,
  /** A backup window opened between two looks. */
  WINDOW_OPENED,
  /** A backup window closed between two looks. */
  WINDOW_CLOSED,
  STATE_CHANGED,
  /** A statement is about to be sent; recorded first. */
  STATEMENT,
  /** What the server answered to it. */
  STATEMENT_RESULT,
  /** A statement that was wanted got no permit. */
  PERMIT_REFUSED,
  STOP_PROVEN,
  JOB_RETURNED,
  /** A destination or option of the backup, as it was before a person's command may end it. */
  DESTINATION_RECORDED,
  /** A person's command that ends every backup is over. */
  FORCE_ENDED,
  APPROVED,
  FORGOTTEN,
  DISARMED,
  ARMED;

  /** Returns the word used in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
