package dev.backstop.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Names the ways to log in that would show a false server the password, for the driver to refuse.
 */
final class RevealingPlugins {

  private static final String PLAIN =
      "mysql_clear_password,sha256_password,mysql_old_password"
          + ",authentication_ldap_sasl_client,authentication_kerberos_client";

  /** Leaves {@code mysql_native_password} alone. */
  static final String ALL = PLAIN + ",caching_sha2_password";

  /**
   * By {@code caching_sha2_password} the driver shows the password to whoever offers TLS: without
   * TLS it never does, and where the server is verified it may.
   */
  private static final Set<String> SAFE = Set.of("DISABLED", "VERIFY_CA", "VERIFY_IDENTITY");

  private static final Pattern MODE = Pattern.compile("[?&]sslMode=([^&]*)");

  private RevealingPlugins() {}

  /** Returns those that the driver must refuse at an address, by its {@code sslMode}. */
  static String at(String url) {
    List<String> modes =
        MODE.matcher(url)
            .results()
            .map((MatchResult found) -> found.group(1).toUpperCase(Locale.ROOT))
            .toList();
    return !modes.isEmpty() && SAFE.containsAll(modes) ? PLAIN : ALL;
  }
}
