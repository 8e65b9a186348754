package dev.backstop.simulation;

/** Kills the daemon at a call through a door; no code of the daemon can catch it. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash(String door) {
    super(door, null, false, false);
  }
}
