package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.simulator.cluster.CopyRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shows what would be stopped, or is not for another policy, and stops nothing. */
class ObserveIT extends SiteTestCase {

  @Test
  void observedPolicy_observedConfAndMissingExpect_wouldStopOnly() {
    Stand policy = site.add(Stand.of("policy", 1, Stand::set));
    Stand expect = site.add(Stand.of("expect", 2, Stand::set));
    site.cluster(
        "expect",
        "endpoints: ['%s'], user: root@sys, passwordFile: secrets/right"
            .formatted(expect.simulator().endpoint()));
    site.policy("policy", "policy", "off", "mode: observe\n");
    site.policy("expect", "off");
    site.run();
    site.awaitStates("policy", "WOULD_STOP", "STOPPED");
    site.awaitStates("expect", "WOULD_STOP", "STOPPED");
    assertThat(codes("policy", "expect")).containsExactly("policy_observes", "no_expect");
    typed(0, "apply", "--timeout", "20s");
    typed(0, "plan", "--detailed-exitcode");
    assertThat(policy.sent()).isEmpty();
    assertThat(expect.sent()).isEmpty();
  }

  private List<String> codes(String... clusters) {
    JsonNode status = site.status();
    return List.of(clusters).stream()
        .map(cluster -> Site.kind(status, cluster, "data").path("reasonCode").asText())
        .toList();
  }

  @Test
  void observingConfOverridesEveryPolicy_andADeletionIsForgotten() {
    site.setting("mode", "observe");
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "off");
    site.run();
    site.awaitStates("hz", "WOULD_STOP", "STOPPED");
    assertThat(codes("hz")).containsExactly("conf_observes");
    site.delete("hz");
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    assertThat(site.events()).contains("deletion_would_stop");
    assertThat(stand.sent()).isEmpty();
    assertThat(stand.hasSets()).isTrue();
  }

  @Test
  void anotherPolicysJobBlocks_untilItsPolicySaysOffToo() {
    Stand stand =
        site.add(
            Stand.of(
                "hz",
                1,
                cluster -> {
                  cluster.startPieceJob(CopyRequest.ofTenant(1001, "file:///data/nfs/pay"));
                  cluster.startPieceJob(CopyRequest.ofTenant(1002, "file:///data/nfs/orders"));
                }));
    site.policy("pay", "hz", "off", "tenants: [pay]\n");
    site.policy("orders", "hz", "on", "tenants: [1002]\n");
    site.run();
    site.awaitStates("hz", "PERMITTED", "BLOCKED");
    JsonNode log = Site.kind(site.status(), "hz", "log");
    assertThat(log.path("reason").asText()).contains("orders");
    assertThat(log.path("release").asText()).isNotEmpty();
    typed(3, "apply", "--timeout", "20s");
    assertThat(stand.sent()).isEmpty();
    site.policy("orders", "hz", "off", "tenants: [1002]\n");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(stand.hasPieces()).isFalse();
  }
}
