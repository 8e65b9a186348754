package dev.backstop.force;

/** Says why it is not done, and the next step. */
public final class ForceRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ForceOutcome ending;

  ForceRefusedException(ForceOutcome ending, String words) {
    super(words);
    this.ending = ending;
  }

  static ForceRefusedException failed(String words) {
    return new ForceRefusedException(ForceOutcome.FAILED, words);
  }

  /** Returns what the command ends with. */
  public ForceOutcome ending() {
    return ending;
  }
}
