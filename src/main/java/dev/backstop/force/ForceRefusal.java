package dev.backstop.force;

/** Says why it is not done, and the next step. */
public final class ForceRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Ending ending;

  ForceRefusal(Ending ending, String words) {
    super(words);
    this.ending = ending;
  }

  static ForceRefusal failed(String words) {
    return new ForceRefusal(Ending.FAILED, words);
  }

  /** Returns what the command ends with. */
  public Ending ending() {
    return ending;
  }
}
