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
  void findsWhatIsEnough(String grant) {
    assertThat(Grants.holdAlterSystem(ServerText.of(grant))).isTrue();
  }

  /** A user's name once passed for the privilege. */
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
  void findsNothingInNames(String grant) {
    assertThat(Grants.holdAlterSystem(ServerText.of(grant))).isFalse();
  }

  @Test
  void findsNothingBehindWhatWasCut() {
    String grant = "GRANT SELECT" + ", SELECT".repeat(1_000) + ", SUPER ON *.* TO 'ann'";

    assertThat(Grants.holdAlterSystem(ServerText.of(grant))).isFalse();
  }
}
