package dev.backstop.daemon;

import dev.backstop.config.ConfReader;
import dev.backstop.config.ConfReading;
import dev.backstop.config.Problem;
import dev.backstop.config.Settings;
import dev.backstop.store.HostName;
import dev.backstop.supervision.BoundedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * The configuration file, which is read anew at each start, reload and command.
 *
 * @param path where it is
 */
public record ConfigurationFile(Path path) {

  /**
   * Returns the settings in the file; throws an exception with every mistake in it. From then on no
   * program of the configuration gets the variables that hold passwords.
   */
  public Settings load() {
    ConfReading reading = new ConfReader(HostName.read(), ZoneId.systemDefault()).read(path);
    Settings settings = reading.settings();
    if (settings == null) {
      throw BackstopException.invalidFile(
          reading.problems().stream().map(Problem::toString).toList());
    }
    BoundedProgram.withhold(settings.passwordVariables());
    return settings;
  }

  /** Returns the path without links, by which a daemon's configuration is known to others. */
  public String realPath() {
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize().toString();
    }
  }

  /**
   * Throws where there is no file yet. That is another failure than an invalid file: a service
   * manager tries again until whatever brings it (a mount, a secret) is there.
   */
  public void requireExisting() {
    if (Files.notExists(path)) {
      throw BackstopException.failed(
          "there is no configuration %s yet; name it with --conf FILE, or write it: as a service, backstop run is tried again until it is there"
              .formatted(path));
    }
  }
}
