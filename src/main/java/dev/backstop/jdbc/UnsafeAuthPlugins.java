package dev.backstop.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Authentication plugins that would show the password to a false server; the driver refuses them.
 */
final class UnsafeAuthPlugins {

  private static final String PLAIN =
      "mysql_clear_password,sha256_password,mysql_old_password"
          + ",authentication_ldap_sasl_client,authentication_kerberos_client";

  /** Every plugin but {@code mysql_native_password}. */
  static final String ALL = PLAIN + ",caching_sha2_password";

  /**
   * Modes that allow {@code caching_sha2_password}: within TLS it sends the password itself, so the
   * server must be verified; without TLS it never does.
   */
  private static final Set<String> SAFE_MODES = Set.of("DISABLED", "VERIFY_CA", "VERIFY_IDENTITY");

  private static final Pattern MODE = Pattern.compile("[?&]sslMode=([^&]*)");

  private UnsafeAuthPlugins() {}

  /** Returns the plugins to refuse at a URL, by its {@code sslMode}. */
  static String forUrl(String url) {
    List<String> modes =
        MODE.matcher(url)
            .results()
            .map((MatchResult found) -> found.group(1).toUpperCase(Locale.ROOT))
            .toList();
    return !modes.isEmpty() && SAFE_MODES.containsAll(modes) ? PLAIN : ALL;
  }
}
