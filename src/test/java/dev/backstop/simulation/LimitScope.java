package dev.backstop.simulation;

/** Says which limits the policies of a story have. */
enum LimitScope {
  /** None. */
  NONE,
  /** Windows and listed destinations, all of them everybody's, and no budget. */
  WINDOWS,
  /** Every limit, policies of several clusters, foreign destinations, and a budget. */
  ALL;

  boolean isLimited() {
    return this != NONE;
  }
}
