package dev.backstop.config;

import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.Secret.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of values that only the configuration has; paths in them are relative to a folder. */
final class ConfValues {

  private static final Pattern ENDPOINT =
      Pattern.compile(
          "(?:([A-Za-z0-9._-]{1,253})|\\[([0-9A-Fa-f:.]{2,45}(?:%[\\w.-]+)?)]):(\\d{1,5})");
  private static final Pattern BARE_ADDRESS = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F.]*:.*");
  private static final int HIGHEST_PORT = 65_535;

  private static final String CREDENTIAL = "credential:";
  private static final Pattern CREDENTIAL_NAME = Pattern.compile("[A-Za-z0-9._@-]{1,255}");
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private static final String SQLITE = "jdbc:sqlite:";
  private static final String MYSQL = "jdbc:mysql://";
  private static final Pattern SQLITE_FILE = Pattern.compile("[^:?]+");
  private static final Pattern MYSQL_PLACE =
      Pattern.compile(
          "(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?/[A-Za-z0-9_$-]{1,64}"
              + "(?:\\?(.*))?");

  /** Others could load classes, read files or leave the connection in plain. */
  private static final List<String> PARAMETERS =
      List.of(
          "sslMode",
          "trustCertificateKeyStoreUrl",
          "trustCertificateKeyStoreType",
          "trustCertificateKeyStorePassword",
          "fallbackToSystemTrustStore",
          "connectionTimeZone");

  private static final Pattern PARAMETER =
      Pattern.compile("(?:" + String.join("|", PARAMETERS) + ")=[A-Za-z0-9._:/+-]+");
  private static final Pattern PASSWORD_WORD = Pattern.compile("[?&(,]\\s*(user|password[0-9]?)=");

  private ConfValues() {}

  /** Reads a server to connect to. */
  static Endpoint server(String text) throws MalformedValue {
    return endpoint(text, 1, "10.0.0.1:2881 (an OBServer) or 10.0.0.1:2883 (an OBProxy)");
  }

  /** Reads an address to listen at, where port 0 is any free one. */
  static Endpoint listen(String text) throws MalformedValue {
    return endpoint(text, 0, "127.0.0.1:9466");
  }

  private static Endpoint endpoint(String text, int lowestPort, String example)
      throws MalformedValue {
    Matcher matcher = ENDPOINT.matcher(text);
    if (!matcher.matches()) {
      boolean isBare = BARE_ADDRESS.matcher(text).matches();
      String hint = isBare ? "; an IPv6 address stands in brackets" : "";
      throw new MalformedValue(
          "must be host:port such as " + example + ", not " + ValueTypes.quote(text) + hint);
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port < lowestPort || port > HIGHEST_PORT) {
      throw new MalformedValue(
          "must have a port from " + lowestPort + " to " + HIGHEST_PORT + ", not " + port);
    }
    String name = matcher.group(1);
    return new Endpoint(name == null ? matcher.group(2) : name, port);
  }

  /** Reads a file that holds a password; no message shows the text, which may be the password. */
  static Secret passwordFile(String text, Path base) throws MalformedValue {
    if (!text.startsWith(CREDENTIAL)) {
      return new Secret(Source.FILE, ValueTypes.path(text, base).toString());
    }
    String name = text.substring(CREDENTIAL.length());
    if (!CREDENTIAL_NAME.matcher(Secret.named(name, "x")).matches()) {
      throw new MalformedValue("must be credential: and the name of a systemd credential");
    }
    return new Secret(Source.CREDENTIAL, name);
  }

  /** Reads a variable that holds a password; no message shows the text, as with a file. */
  static Secret passwordVariable(String text) throws MalformedValue {
    if (!VARIABLE_NAME.matcher(text).matches()) {
      throw new MalformedValue(
          "must be the name of an environment variable: letters, digits and underscores");
    }
    return new Secret(Source.ENVIRONMENT, text);
  }

  /** Reads a program that prints a password. */
  static Secret passwordCommand(List<String> words, Path base) throws MalformedValue {
    return new Secret(Source.COMMAND, program(words, base), words.subList(1, words.size()));
  }

  /** Reads the program that words begin with; one with a slash in its name is a file's path. */
  static String program(List<String> words, Path base) throws MalformedValue {
    String program = words.get(0);
    if (program.isBlank() || words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      throw new MalformedValue("must begin with the name of a program");
    }
    return program.contains("/") ? ValueTypes.path(program, base).toString() : program;
  }

  /** Returns whether the URL of a store is that of a file, which has no login. */
  static boolean isFile(String url) {
    return url.startsWith(SQLITE);
  }

  /** Reads the URL of a store; no message shows it, as it may carry a password. */
  static String storeUrl(String text, Path base) throws MalformedValue {
    if (isFile(text)) {
      String file = text.substring(SQLITE.length());
      if (!SQLITE_FILE.matcher(file).matches()) {
        throw new MalformedValue(
            "must be jdbc:sqlite: and the name of a file, without parameters; a database in"
                + " memory would forget what was sent");
      }
      return SQLITE + ValueTypes.path(file, base);
    }
    if (!text.startsWith(MYSQL)) {
      throw new MalformedValue("must begin with " + SQLITE + " or " + MYSQL);
    }
    String place = text.substring(MYSQL.length());
    if (place.contains("@") || PASSWORD_WORD.matcher(place.toLowerCase(Locale.ROOT)).find()) {
      throw new MalformedValue(
          "must not hold a user or password; write user: and passwordFile: beside it");
    }
    Matcher matcher = MYSQL_PLACE.matcher(place);
    if (!matcher.matches()) {
      throw new MalformedValue("must be jdbc:mysql://host:port/database");
    }
    checkParameters(matcher.group(1));
    return text;
  }

  private static void checkParameters(@Nullable String parameters) throws MalformedValue {
    if (parameters == null) {
      return;
    }
    for (String parameter : parameters.split("&", -1)) {
      if (!PARAMETER.matcher(parameter).matches()) {
        throw new MalformedValue(
            "has a parameter that is not allowed; allowed are " + String.join(", ", PARAMETERS));
      }
    }
  }
}
