package dev.backstop.cli;

/**
 * The reason that a person gives for history; never blank.
 *
 * @param words what was typed
 */
record ReasonOption(String words) {

  /** Stands where nothing was typed yet. */
  static final ReasonOption UNSAID = new ReasonOption("unsaid");

  /** What a store on a server takes in any case. */
  static final int LONGEST = 2_000;

  /** Refuses a reason without words, from which nobody learns, and one that fills a page. */
  ReasonOption {
    if (words.isBlank() || words.length() > LONGEST) {
      throw new IllegalArgumentException("a reason has words, and not too many");
    }
  }
}
