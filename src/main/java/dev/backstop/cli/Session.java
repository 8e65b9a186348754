package dev.backstop.cli;

import dev.backstop.command.Application;
import dev.backstop.daemon.BackstopException;
import dev.backstop.demo.DemoService;
import dev.backstop.force.ForceService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * What every verb works with.
 *
 * @param applications creates the application of a configuration file
 * @param forces creates the service of the forced end of a configuration file
 * @param demoService the service of the verbs that need the simulator
 * @param terminal the output
 * @param reloads the requests for a reload
 * @param clock the wall clock, with the zone of times without an offset
 * @param pause waits between two screens of {@code status --watch}
 * @param folder the working folder, to which relative paths are relative
 * @param home the installation's folder
 */
record Session(
    Function<Path, Application> applications,
    Function<Path, ForceService> forces,
    DemoService demoService,
    Terminal terminal,
    ReloadSignals reloads,
    Clock clock,
    Pause pause,
    Path folder,
    Path home) {

  /** The character in place of bytes that the charset of the locale can't decode. */
  static final char UNDECODED = '\ufffd';

  /**
   * Returns a file that the person named.
   *
   * @throws BackstopException where it is relative to a folder whose name can't be decoded: it
   *     would be another file
   */
  Path resolve(Path given) {
    if (!given.isAbsolute() && folder.toString().indexOf(UNDECODED) >= 0) {
      throw BackstopException.usage(
          "the name of this folder can't be decoded in the charset of the locale; use a UTF-8"
              + " locale, or name the file by its whole path (--conf FILE)");
    }
    return folder.resolve(given);
  }

  /** Waits between two screens. */
  @FunctionalInterface
  interface Pause {

    /** Waits; returns false where no further screen is wanted. */
    boolean await(Duration time) throws InterruptedException;
  }
}
