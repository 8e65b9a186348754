package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.observation.ServerText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityCheckTest {

  private static final Expect EXPECT = new Expect("hz", 7);

  @Test
  void allowsExpectedClusterInTenantSys() {
    assertThat(IdentityCheck.refusal(EXPECT, identity(1L, "OceanBase 3.1.5", "hz", "7"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1001, OceanBase 3.1.5, hz, 7, 'the session is in tenant 1001, not in sys'",
    "1, OceanBase 3.1.5, sh, 7, 'the server is cluster sh with id 7, expected hz with id 7'",
    "1, OceanBase 3.1.5, hz, 8, 'the server is cluster hz with id 8, expected hz with id 7'",
    "1, OceanBase 3.1.5, HZ, 7, 'the server is cluster HZ with id 7, expected hz with id 7'",
    "1, OceanBase_CE 4.2.1.0, hz, 7, version 4.2.1.0 has no secondary backup",
    "1, OceanBase 4.0.0.0, hz, 7, version 4.0.0.0 has no secondary backup",
    "1, MySQL, hz, 7, the server's version can't be read"
  })
  void refusesAnyOther_withReason(
      long tenant, String version, String name, String id, String reason) {
    assertThat(IdentityCheck.refusal(EXPECT, identity(tenant, version, name, id))).contains(reason);
  }

  @Test
  void refusesWhereAnythingIsMissing() {
    assertThat(IdentityCheck.refusal(EXPECT, SessionIdentity.NONE)).isPresent();
    assertThat(IdentityCheck.refusal(EXPECT, identity(null, "OceanBase 3.1.5", "hz", "7")))
        .isPresent();
    assertThat(IdentityCheck.refusal(EXPECT, identity(1L, null, "hz", "7"))).isPresent();
    assertThat(IdentityCheck.refusal(EXPECT, identity(1L, "OceanBase 3.1.5", null, "7")))
        .isPresent();
    assertThat(IdentityCheck.refusal(EXPECT, identity(1L, "OceanBase 3.1.5", "hz", null)))
        .isPresent();
  }

  private static SessionIdentity identity(
      @Nullable Long tenant, @Nullable String version, @Nullable String name, @Nullable String id) {
    return new SessionIdentity(tenant, text(version), null, text(name), text(id));
  }

  private static @Nullable ServerText text(@Nullable String text) {
    return text == null ? null : ServerText.of(text);
  }
}
