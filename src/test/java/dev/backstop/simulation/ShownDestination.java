package dev.backstop.simulation;

/** Says what looks show of where copies go. */
enum ShownDestination {
  /** All of it. */
  WHOLE,
  /** Nothing: the server shows NULL or an empty text. */
  NONE,
  /** The beginning of a text that is too long. */
  CUT,
  /** Another one in a second row of the same job. */
  TWO
}
