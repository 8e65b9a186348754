package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.daemon.Running;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells how one file speaks for several clusters, each judged and proven by itself. */
class SeveralClustersIT extends SiteTestCase {

  private void policyOn(String clusters, String wish, String more) {
    Site.write(
        site.policyFile("all"),
        "clusters: " + clusters + "\nsecondaryBackup: " + wish + "\n" + more);
  }

  private JsonNode policy() {
    List<JsonNode> policies = Site.each(site.status().path("policies")).toList();
    assertThat(policies).hasSize(1);
    return policies.get(0);
  }

  @Test
  void oneFileIsSwitchedOffAndDeletedOnEveryClusterThatItNames() {
    Stand hz = site.add(Stand.of("hz", 1, Stand::set));
    Stand sh = site.add(Stand.of("sh", 2, Stand::set));
    policyOn("[sh, hz]", "on", "");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.awaitStates("sh", "PERMITTED", "PERMITTED");
    assertThat(policy().path("cluster").isNull()).isTrue();
    assertThat(Site.each(policy().path("clusters")).map(JsonNode::asText))
        .containsExactly("hz", "sh");
    assertThat(site.type("status", "--verbose").out()).contains("hz, sh");

    policyOn("[sh, hz]", "off", "");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    site.awaitStates("sh", "STOPPED", "STOPPED");
    site.delete("all");
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    site.awaitStates("sh", "UNMANAGED", "UNMANAGED");
    assertThat(hz.hasSets() || sh.hasSets()).isFalse();
    assertThat(site.events("-c", "sh")).contains("deletion_counted", "deletion_proven");
    assertThat(site.held()).isEmpty();
  }

  @Test
  void clusterThatTheListDropsIsLeftAlone_andItsDeletionIsNone() {
    Stand hz = site.add(Stand.of("hz", 1, Stand::set));
    Stand sh = site.add(Stand.of("sh", 2, Stand::set));
    policyOn("[hz, sh]", "on", "");
    site.run();
    site.awaitStates("sh", "PERMITTED", "PERMITTED");
    policyOn("[hz]", "on", "");
    site.awaitStates("sh", "UNMANAGED", "UNMANAGED");
    site.delete("all");
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    assertThat(hz.hasSets()).isFalse();
    assertThat(sh.sent()).isEmpty();
    assertThat(sh.hasSets()).isTrue();
  }

  @Test
  void nameThatTheConfigurationLacksIsRefusedByValidate_andStopsNoOther() {
    Stand hz = site.add(Stand.of("hz", 1, Stand::set));
    policyOn("[hz, gz]", "off", "");
    assertThat(typed(78, "validate").err())
        .contains(
            "all.yaml:1:16: clusters: an item must be a cluster of the configuration (hz), not"
                + " 'gz'");
    site.run();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(hz.hasSets()).isFalse();
    assertThat(site.type("status").out()).contains("broken, never good");
  }

  @Test
  void deletionIsHeldForTheClusterThatLeftTheConfigurationAndActsOnTheOther() {
    Stand hz = site.add(Stand.of("hz", 1, Stand::set));
    Stand sh = site.add(Stand.of("sh", 2, Stand::set));
    policyOn("[hz, sh]", "on", "");
    Running daemon = site.run();
    site.awaitStates("sh", "PERMITTED", "PERMITTED");
    site.removeCluster("sh");
    daemon.reload();
    Site.awaitThat("sh is a mistake", () -> policy().path("state").asText().equals("invalid"));
    site.delete("all");
    String id = site.awaitHeld("cluster_not_in_conf");
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    assertThat(hz.hasSets()).isFalse();
    assertThat(sh.sent()).isEmpty();
    assertThat(policy().path("cluster").asText()).isEqualTo("sh");
    typed(0, "forget", id, "--reason", "sh is retired");
    assertThat(Site.each(site.status().path("policies"))).isEmpty();
  }
}
