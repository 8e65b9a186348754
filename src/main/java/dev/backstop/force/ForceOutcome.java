package dev.backstop.force;

/** How the command ended. */
public enum ForceOutcome {
  /** Two looks agree that nothing of the secondary backup runs. */
  PROVEN,
  /** That is not proven, or not in time. */
  NOT_PROVEN,
  /** The command was refused, or did not work. */
  FAILED,
  /** A person has to do something first. */
  NEEDS_PERSON,
  /** The cluster could not be read, or has no secondary backup. */
  NOT_READABLE,
  /** Another cluster answered than the configuration expects. */
  WRONG_CLUSTER
}
