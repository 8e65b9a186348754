package dev.backstop.cli;

/**
 * Is the reason that a person gives for history; never blank.
 *
 * @param words what was typed
 */
record Why(String words) {

  /** Stands where nothing was typed yet. */
  static final Why UNSAID = new Why("unsaid");

  /** Refuses a reason without words: whoever reads it in history learns nothing. */
  Why {
    if (words.isBlank()) {
      throw new IllegalArgumentException("a reason has words");
    }
  }
}
