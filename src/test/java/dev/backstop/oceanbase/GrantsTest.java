package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.ServerText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT ALL PRIVILEGES ON *.* TO 'root' WITH GRANT OPTION",
        "GRANT SUPER ON *.* TO 'ann'",
        "grant select, alter system on *.* to 'ann'",
        "GRANT ALTER  SYSTEM, PROCESS ON *.* TO 'ann'"
      })
  void acceptsSufficientGrants(String grant) {
    assertThat(Grants.includeAlterSystem(ServerText.of(grant))).isTrue();
  }

  /** The user's name is no privilege. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT USAGE ON *.* TO 'supervisor'",
        "GRANT SELECT ON super.* TO 'ann'",
        "GRANT ALL PRIVILEGES ON oceanbase.* TO 'ann'",
        "GRANT SELECT ON *.* TO 'ALTER SYSTEM ON *.*'",
        "SUPER",
        ""
      })
  void ignoresNames(String grant) {
    assertThat(Grants.includeAlterSystem(ServerText.of(grant))).isFalse();
  }

  @Test
  void ignoresTextBehindCut() {
    String grant = "GRANT SELECT" + ", SELECT".repeat(1_000) + ", SUPER ON *.* TO 'ann'";

    assertThat(Grants.includeAlterSystem(ServerText.of(grant))).isFalse();
  }
}
