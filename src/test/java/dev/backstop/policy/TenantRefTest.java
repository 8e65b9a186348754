package dev.backstop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.TenantId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantRefTest {

  @Test
  void digitsAreAnIdThatNobodyMustResolve() {
    assertThat(new TenantRef("1009").needsName()).isFalse();
    assertThat(new TenantRef("1009").resolve(Map.of())).contains(new TenantId(1009));
    assertThat(new TenantRef("9".repeat(18)).resolve(Map.of()))
        .contains(new TenantId(999_999_999_999_999_999L));
  }

  @Test
  void anythingElseIsANameThatTheServerResolves() {
    for (String name : new String[] {"", "pay", "1001a", "10/1", "10:1", "9".repeat(19)}) {
      assertThat(new TenantRef(name).needsName()).as(name).isTrue();
      assertThat(new TenantRef(name).resolve(Map.of())).as(name).isEmpty();
      assertThat(new TenantRef(name).resolve(Map.of(name, new TenantId(1001))))
          .as(name)
          .contains(new TenantId(1001));
    }
  }
}
