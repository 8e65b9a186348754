package dev.backstop.force;

/** Says how the command ended. */
public enum ForceOutcome {
  /** Two looks agree that nothing of the secondary backup runs. */
  PROVEN,
  /** That was not proven, or not in time. */
  NOT_PROVEN,
  /** It was refused, or did not work. */
  FAILED,
  /** A person has to do something first. */
  NEEDS_PERSON,
  /** The cluster could not be read, or has no secondary backup. */
  NOT_READABLE,
  /** Another cluster answered than the configuration expects. */
  WRONG_CLUSTER
}
