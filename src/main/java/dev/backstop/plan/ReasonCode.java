package dev.backstop.plan;

import java.util.Locale;

/** The causes that a state can have. */
public enum ReasonCode {
  /** No policy names the cluster or kind. */
  NO_POLICY,
  /** The session is not in the sys tenant. */
  WRONG_TENANT,
  /** The cluster's name or id is not the expected one. */
  WRONG_IDENTITY,
  /** The server is 4.0 or later. */
  VERSION_UNSUPPORTED,
  UNREACHABLE,
  TIMEOUT,
  LOGIN_REFUSED,
  PASSWORD_UNREADABLE,
  VIEW_MISSING,
  NO_PRIVILEGE,
  NO_CONSTANT_ROW,
  MALFORMED_ANSWER,
  SERVER_ERROR,
  /** Not one look has been taken yet. */
  NOT_LOOKED_YET,
  DISARMED,
  DELETION_HELD,
  BUDGET_HELD,
  /** An edit was found when the store was taken over from another host. */
  OTHER_HOST,
  STORE_UNREADABLE,
  OTHERS_JOBS,
  BROKEN_POLICY,
  BROKEN_FILE,
  UNSETTLED_FILE,
  UNRESOLVED_TENANT,
  /** The daemon's and the server's clock are too far apart for a window to stop anything. */
  CLOCK_DISAGREES,
  /** A policy lists destinations, and where something writes to can't be read. */
  DESTINATION_UNREADABLE,
  /** It runs outside the backup window. */
  OUTSIDE_WINDOW,
  /** It has run for longer than the policy allows. */
  RUNTIME_EXCEEDED,
  /** It writes to a place that the policy does not list. */
  DESTINATION_NOT_LISTED,
  /** The window is closed, and what was seen before may finish. */
  FINISHING,
  POLICY_OBSERVES,
  CONF_OBSERVES,
  NO_EXPECT,
  DELETION_GRACE,
  RETURNED_TOO_OFTEN,
  SERVER_REFUSED,
  NOT_PROVEN_IN_TIME,
  SENT,
  OUTCOME_UNKNOWN,
  /** Cancelled rows are given time to leave before the statement is repeated. */
  ENDING,
  /** The re-issue time is not over. */
  WAITING_TO_REPEAT,
  SECOND_LOOK,
  DUE_NOW,
  NO_PERMIT,
  /** A policy says on. */
  POLICY_ON,
  NO_JOBS,
  PAUSED,
  NEVER_PAUSED;

  /** Returns the word used in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
