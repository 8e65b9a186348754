package dev.backstop.policy;

import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells what the registry says of all its policies at once. */
class PolicyRegistryTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static KnownPolicy live(String name, Instant since) {
    return KnownPolicy.good(policy(name).build(), name + ".yaml", timeline(since));
  }

  @Test
  void theSamePoliciesAreTheSameBookInWhateverOrderTheyCome() {
    KnownPolicy a = live("a", NOON);
    KnownPolicy b = live("b", NOON);
    PolicyRegistry registry = new PolicyRegistry(List.of(b, a), List.of(), "d1");
    assertThat(registry).isEqualTo(new PolicyRegistry(List.of(a, b), List.of(), "d1"));
    assertThat(registry.policies()).containsExactly(a, b);
  }
}
