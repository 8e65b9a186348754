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
 * Holds what every verb works with.
 *
 * @param applications makes the application on a configuration file
 * @param forces makes the last resort on a configuration file
 * @param demoService does what the verbs ask for that need the simulator
 * @param terminal where text goes
 * @param hangups what asks for reloads
 * @param clock tells the time that ages are counted from
 * @param pause lets time pass between two pictures
 * @param folder the caller's folder, which relative names are relative to
 * @param home the installation's folder
 */
record Session(
    Function<Path, Application> applications,
    Function<Path, ForceService> forces,
    DemoService demoService,
    Terminal terminal,
    Hangups hangups,
    Clock clock,
    Pause pause,
    Path folder,
    Path home) {

  /** The character in place of bytes that the charset of the locale does not have. */
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

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {

    /** Returns after so long; false where no further picture is wanted. */
    boolean pass(Duration time) throws InterruptedException;
  }
}
