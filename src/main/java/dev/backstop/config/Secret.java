package dev.backstop.config;

import java.util.List;

/**
 * Says where a secret lies; never holds it.
 *
 * @param key the key of the configuration that names it, for messages
 * @param source how to read the location
 * @param location an absolute file name, a variable's name, a systemd credential's name, or a
 *     program
 * @param arguments those of the program; empty for other sources
 */
public record Secret(String key, Source source, String location, List<String> arguments) {

  /** Names the places a secret can lie in. */
  public enum Source {
    FILE("passwordFile"),
    ENVIRONMENT("passwordEnv"),
    /** A file in the folder that systemd names in {@code CREDENTIALS_DIRECTORY}. */
    CREDENTIAL("passwordFile"),
    /** What a program prints. */
    COMMAND("passwordCommand");

    private final String key;

    Source(String key) {
      this.key = key;
    }

    /** Returns the key that names a password there. */
    String key() {
      return key;
    }
  }

  /** Copies the arguments. */
  public Secret {
    arguments = List.copyOf(arguments);
  }

  /** Names the place of a password. */
  public Secret(Source source, String location, List<String> arguments) {
    this(source.key(), source, location, arguments);
  }

  /** Names the place of a password that is no program. */
  public Secret(Source source, String location) {
    this(source, location, List.of());
  }

  /** Returns the same place, as another key of the configuration names it. */
  Secret under(String other) {
    return new Secret(other, source, location, arguments);
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
        key,
        source,
        named(location, cluster),
        arguments.stream().map(argument -> named(argument, cluster)).toList());
  }

  @Override
  public String toString() {
    return switch (source) {
      case CREDENTIAL -> "systemd credential " + location;
      // Arguments may be what only the program should know.
      case FILE, ENVIRONMENT, COMMAND -> key + " " + location;
    };
  }
}
