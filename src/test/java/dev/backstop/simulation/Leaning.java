package dev.backstop.simulation;

/** Says what counts where the referee can't know something as the daemon does. */
enum Leaning {
  /** Only what is so beyond doubt. */
  SURELY,
  /** Also what may be so. */
  POSSIBLY
}
