package dev.backstop.plan;

/** The states of a kind on a cluster, in the order in which the first that holds is shown. */
public enum State {
  /** No live or remembered policy speaks of it. */
  UNMANAGED,
  /** Somebody else answered than the configuration expects. */
  WRONG_CLUSTER,
  /** The server is 4.0 or later and has no secondary backup. */
  UNSUPPORTED,
  /** It could not be read; unknown is never empty. */
  UNKNOWN,
  /** Something forbidden runs, and a person disarmed the cluster. */
  DISARMED,
  /** Something would be forbidden but for a hold that a person must release. */
  HELD,
  /** Something forbidden runs, and a statement would hit what is not, or a file is broken. */
  BLOCKED,
  /** Something would be stopped if Backstop did more than observe. */
  WOULD_STOP,
  /** Something forbidden keeps coming back. */
  CONTESTED,
  /** The server refused the statement for a lasting reason. */
  REFUSED,
  /** A stop was sent and has not been proven for longer than {@code verifyWithin}. */
  NOT_VERIFIED,
  /** A stop was sent, or what stopped awaits its second look. */
  STOPPING,
  /** Something forbidden runs and nothing was sent yet. */
  DRIFTED,
  /** A live policy permits it and nothing forbidden runs. */
  PERMITTED,
  /** Nothing forbidden runs, by two looks that agree. */
  STOPPED;

  /** Returns whether nothing is left to do. */
  public boolean isConverged() {
    return this == PERMITTED || this == STOPPED;
  }
}
