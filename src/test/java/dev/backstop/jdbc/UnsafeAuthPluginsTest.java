package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tells what a server of the state store may ask for, by what is known of it. */
class UnsafeAuthPluginsTest {

  private static final String ADDRESS = "jdbc:mysql://10.0.0.9:3306/backstop";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?connectionTimeZone=UTC",
        "?sslMode=PREFERRED",
        "?sslMode=REQUIRED",
        "?sslMode=VERIFY_CA&sslMode=REQUIRED",
        "?sslMode=verify-ca",
      })
  void serverThatIsNotVerifiedMayAskForTheScrambledPasswordOnly(String parameters) {
    assertThat(UnsafeAuthPlugins.forUrl(ADDRESS + parameters))
        .isEqualTo(UnsafeAuthPlugins.ALL)
        .contains("mysql_clear_password", "sha256_password", "caching_sha2_password")
        .doesNotContain("mysql_native_password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?sslMode=VERIFY_CA",
        "?connectionTimeZone=UTC&sslMode=verify_identity",
        "?sslMode=DISABLED",
      })
  void serverThatIsVerified_orHasNoTls_mayAskAsMysqlDoesSinceVersion8(String parameters) {
    assertThat(UnsafeAuthPlugins.forUrl(ADDRESS + parameters))
        .contains("mysql_clear_password", ",sha256_password")
        .doesNotContain("caching_sha2_password", "mysql_native_password");
  }
}
