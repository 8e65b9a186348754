package dev.backstop.cli;

import dev.backstop.app.Application;
import dev.backstop.force.Force;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * Holds what every verb works with.
 *
 * @param applications makes the application on a configuration file
 * @param forces makes the last resort on a configuration file
 * @param terminal where text goes
 * @param clock tells the time that ages are counted from
 * @param pause lets time pass between two pictures
 * @param folder the caller's folder, which relative names are relative to
 * @param home the installation's folder
 */
record Session(
    Function<Path, Application> applications,
    Function<Path, Force> forces,
    Terminal terminal,
    Clock clock,
    Pause pause,
    Path folder,
    Path home) {

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {

    /** Returns after so long; false where no further picture is wanted. */
    boolean pass(Duration time) throws InterruptedException;
  }
}
