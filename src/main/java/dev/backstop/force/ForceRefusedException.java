package dev.backstop.force;

/** Thrown where the procedure is refused, with the cause and the next step. */
public final class ForceRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ForceOutcome outcome;

  ForceRefusedException(ForceOutcome outcome, String words) {
    super(words);
    this.outcome = outcome;
  }

  /** Returns what the command ends with. */
  public ForceOutcome outcome() {
    return outcome;
  }
}
