package dev.backstop.config;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a password lies.
 *
 * <p>No message shows a value: it may be the password itself, written where its place belongs.
 */
final class SecretText {

  static final String FILE = "passwordFile";
  static final String VARIABLE = "passwordEnv";

  private static final String CREDENTIAL = "credential:";
  private static final Pattern CREDENTIAL_NAME = Pattern.compile("[A-Za-z0-9._@-]{1,255}");
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private SecretText() {}

  /** Tells whether a place is given. */
  static boolean isThere(Section section) {
    return section.has(FILE) || section.has(VARIABLE);
  }

  /** Returns the place; null where it is absent or malformed, which is noted. */
  static @Nullable Secret read(Section section, Path base) {
    if (!isThere(section)) {
      if (section.refused("password")) {
        return null;
      }
      section.require(FILE, "passwordFile: secrets/hz-prod, or passwordEnv: NAME");
      return null;
    }
    if (section.has(FILE) && section.has(VARIABLE)) {
      section.problemAtKey(
          VARIABLE, VARIABLE + " and " + FILE + " exclude each other; keep one of them");
    }
    return section.has(FILE)
        ? section.value(FILE, text -> file(text, base))
        : section.value(VARIABLE, SecretText::variable);
  }

  private static Secret file(String text, Path base) throws MalformedValue {
    if (text.startsWith(CREDENTIAL)) {
      String name = text.substring(CREDENTIAL.length());
      if (!CREDENTIAL_NAME.matcher(name).matches()) {
        throw new MalformedValue("must be credential: and the name of a systemd credential");
      }
      return new Secret(Secret.Source.CREDENTIAL, name);
    }
    return new Secret(Secret.Source.FILE, PathText.read(text, base, "a file").toString());
  }

  private static Secret variable(String text) throws MalformedValue {
    if (!VARIABLE_NAME.matcher(text).matches()) {
      throw new MalformedValue(
          "must be the name of an environment variable: letters, digits and underscores");
    }
    return new Secret(Secret.Source.ENVIRONMENT, text);
  }
}
