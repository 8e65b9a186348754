package dev.backstop.config;

/**
 * Says where a password lies; never holds it.
 *
 * @param source how to read the location
 * @param location an absolute file name, a variable's name, or a systemd credential's name
 */
public record Secret(Source source, String location) {

  /** Names the places a password can lie in. */
  public enum Source {
    FILE,
    ENVIRONMENT,
    /** A file in the folder that systemd names in {@code CREDENTIALS_DIRECTORY}. */
    CREDENTIAL
  }

  /** What stands for the cluster's name in a location. */
  private static final String CLUSTER = "{cluster}";

  /** Returns a text with a cluster's name in place of what stands for it. */
  static String named(String text, String cluster) {
    return text.replace(CLUSTER, cluster);
  }

  /** Returns where the password of one cluster lies. */
  Secret of(String cluster) {
    return new Secret(source, named(location, cluster));
  }

  @Override
  public String toString() {
    return switch (source) {
      case FILE -> "passwordFile " + location;
      case ENVIRONMENT -> "passwordEnv " + location;
      case CREDENTIAL -> "systemd credential " + location;
    };
  }
}
