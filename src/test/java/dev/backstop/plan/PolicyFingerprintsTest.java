package dev.backstop.plan;

import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyFingerprintsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void otherContentIsAnEdit() {
    PolicyFingerprints before = of(live(policy("p1").off().build()));
    assertThat(isEdited(before, live(policy("p1").on().build()))).isTrue();
    assertThat(isEdited(before, live(policy("p1").every(Duration.ofSeconds(5)).build()))).isTrue();
    assertThat(isEdited(before, live(policy("p1").tenants("1001").build()))).isTrue();
    assertThat(isEdited(before, live(policy("p1").off().build()))).isFalse();
  }

  @Test
  void policyThatAppearsVanishesOrIsDeletedIsNoEdit() {
    PolicyFingerprints before = of(live(policy("p1").build()));
    assertThat(isEdited(before, live(policy("p1").build()), live(policy("p2").build()))).isFalse();
    assertThat(isEdited(before)).isFalse();
    assertThat(isEdited(before, deleted(policy("p1").on().build()))).isFalse();
    PolicyFingerprints deleted = of(deleted(policy("p1").build()));
    assertThat(isEdited(deleted, live(policy("p1").on().build()))).isFalse();
  }

  @Test
  void editOfAPolicyThatDoesNotMatterIsNone() {
    PolicyFingerprints before = of(live(policy("p1").build()));
    PolicyFingerprints after = of(live(policy("p1").on().build()));
    assertThat(after.areEditedSince(before, Set.of("p2"))).isFalse();
    assertThat(after.areEditedSince(before, Set.of("p1", "p2"))).isTrue();
  }

  @Test
  void policyNamedDeletedIsNoDeletion() {
    PolicyFingerprints before = of(deleted(policy("p1").build()));
    Policy named = policy("deleted").on("deleted").build();
    assertThat(isEdited(before, deleted(policy("p1").build()), live(named))).isFalse();
    assertThat(of(live(named)).includeDeletion()).isFalse();
    assertThat(isEdited(of(live(named)), live(policy("deleted").on("c2").build()))).isTrue();
  }

  @Test
  void textIsReadBack() {
    PolicyFingerprints all =
        of(
            live(policy("deleted").on("deleted").build()),
            deleted(policy("deleted").tenants("a b", "deleted 1").build()),
            live(policy("p1").build()));
    assertThat(PolicyFingerprints.parse(all.text())).isEqualTo(all);
    assertThat(PolicyFingerprints.parse("")).isEqualTo(PolicyFingerprints.NONE);
  }

  private static boolean isEdited(PolicyFingerprints before, KnownPolicy... now) {
    return of(now).areEditedSince(before, Set.of());
  }

  private static PolicyFingerprints of(KnownPolicy... policies) {
    return PolicyFingerprints.of(Arrays.asList(policies));
  }

  private static KnownPolicy live(Policy policy) {
    return KnownPolicy.good(policy, policy.name() + ".yaml", timeline(NOON));
  }

  private static KnownPolicy deleted(Policy policy) {
    return live(policy).deletionEffective(timeline(NOON), false);
  }
}
