package dev.backstop.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code state}: where the daemon keeps what must survive. */
final class StateText {

  private static final String SQLITE = "jdbc:sqlite:";
  private static final String MYSQL = "jdbc:mysql://";
  private static final String DEFAULT = "state/backstop.db";
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

  private StateText() {}

  /** Returns the settings, with the default where the section is null; null where malformed. */
  static @Nullable StateSettings read(@Nullable Section section, Path base) {
    if (section == null) {
      return new StateSettings(sqlite(base.resolve(DEFAULT)), null, null);
    }
    String url =
        section.has("url")
            ? section.value("url", text -> url(text, base))
            : sqlite(base.resolve(DEFAULT));
    if (url == null) {
      return null;
    }
    if (url.startsWith(SQLITE)) {
      refuseLogin(section);
      return new StateSettings(url, null, null);
    }
    String user = section.required("user", Values::text, "user: backstop");
    Secret password = SecretText.read(section, base);
    return user == null || password == null ? null : new StateSettings(url, user, password);
  }

  private static void refuseLogin(Section section) {
    for (String key : List.of("user", SecretText.FILE, SecretText.VARIABLE)) {
      if (section.has(key)) {
        section.problemAtKey(
            key, "state." + key + " is for MySQL: take it away, or give a url jdbc:mysql://...");
      }
    }
  }

  /** No message shows the value: a url may carry a password. */
  private static String url(String text, Path base) throws MalformedValue {
    if (text.startsWith(SQLITE)) {
      String file = text.substring(SQLITE.length());
      if (!SQLITE_FILE.matcher(file).matches()) {
        throw new MalformedValue(
            "must be jdbc:sqlite: and the name of a file, without parameters; a database in"
                + " memory would forget what was sent");
      }
      return sqlite(PathText.read(file, base, "a file"));
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
    refuseParameters(matcher.group(1));
    return text;
  }

  private static void refuseParameters(@Nullable String parameters) throws MalformedValue {
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

  private static String sqlite(Path file) {
    return SQLITE + file.normalize();
  }
}
