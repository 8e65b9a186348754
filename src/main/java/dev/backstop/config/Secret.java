package dev.backstop.config;

import java.util.List;

/**
 * Says where a password lies; never holds it.
 *
 * @param source how to read the location
 * @param location an absolute file name, a variable's name, a systemd credential's name, or a
 *     program
 * @param arguments those of the program; empty for other sources
 */
public record Secret(Source source, String location, List<String> arguments) {

  /** Names the places a password can lie in. */
  public enum Source {
    FILE,
    ENVIRONMENT,
    /** A file in the folder that systemd names in {@code CREDENTIALS_DIRECTORY}. */
    CREDENTIAL,
    /** What a program prints. */
    COMMAND
  }

  /** Copies the arguments. */
  public Secret {
    arguments = List.copyOf(arguments);
  }

  /** Names a place that is no program. */
  public Secret(Source source, String location) {
    this(source, location, List.of());
  }

  /** What stands for the cluster's name in a location. */
  private static final String CLUSTER = "{cluster}";

  /** Returns a text with a cluster's name in place of what stands for it. */
  static String named(String text, String cluster) {
    return text.replace(CLUSTER, cluster);
  }

  /** Returns where the password of one cluster lies. */
  public Secret of(String cluster) {
    return new Secret(
        source,
        named(location, cluster),
        arguments.stream().map(argument -> named(argument, cluster)).toList());
  }

  @Override
  public String toString() {
    return switch (source) {
      case FILE -> "passwordFile " + location;
      case ENVIRONMENT -> "passwordEnv " + location;
      case CREDENTIAL -> "systemd credential " + location;
      // Arguments may be what only the program should know.
      case COMMAND -> "passwordCommand " + location;
    };
  }
}
