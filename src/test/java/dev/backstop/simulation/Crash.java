package dev.backstop.simulation;

/**
 * Kills the daemon at a call that leaves its process. It is the one error that no boundary of the
 * daemon may keep from ending the process.
 */
final class Crash extends OutOfMemoryError {

  private static final long serialVersionUID = 1L;

  Crash(String point) {
    super(point);
  }

  /** It happens often, and nobody looks where. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
