package dev.backstop.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Prints the versions of Backstop and Java. */
final class Version implements IVersionProvider {

  private static final String RESOURCE = "/dev/backstop/version.properties";

  @Override
  public String[] getVersion() {
    return new String[] {
      "backstop %s (Java %s, %s)"
          .formatted(number(), Runtime.version(), System.getProperty("java.vm.name"))
    };
  }

  /** Returns the version that the build has recorded. */
  static String number() {
    Properties properties = new Properties();
    try (InputStream stream = Version.class.getResourceAsStream(RESOURCE)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties.getProperty("version", "of unknown version");
  }
}
