package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import org.junit.jupiter.api.Test;

/** Applies once, without a daemon. */
class ApplyIT extends SiteTestCase {

  @Test
  void applyStopsWithoutADaemon_andSaysWhatComesAfter() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "off");
    Typed apply = typed(0, "apply");
    assertThat(stand.hasJobs()).isFalse();
    assertThat(apply.out()).contains("STOPPED", "Done");
    assertThat(apply.err()).contains("do not unmount or delete");
    assertThat(site.events()).contains("statement", "statement_result", "stop_proven");
    int sent = stand.sent().size();
    typed(0, "apply");
    assertThat(stand.sent()).hasSize(sent);
  }

  @Test
  void applyEndsWith4WhenTimeIsUp() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "off");
    typed(4, "apply", "--timeout", "1500ms");
    assertThat(stand.sent()).isNotEmpty();
  }

  @Test
  void applyAfterADeletion_goesThroughTheGraceToTheProof() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    typed(0, "apply");
    assertThat(stand.sent()).isEmpty();
    site.delete("hz");
    Typed apply = typed(0, "apply");
    assertThat(stand.hasSets()).isFalse();
    assertThat(apply.out()).contains("UNMANAGED");
    assertThat(apply.err()).contains("unmanaged from now on");
  }

  /**
   * The last look may have gone by the file of before: it says nothing of the one that is there.
   */
  @Test
  void applyAfterAnEdit_endsByWhatTheEditWants() {
    for (int i = 1; i <= 4; i++) {
      String name = "hz" + i;
      Stand stand = site.add(Stand.of(name, i, Stand::set));
      site.policy(name, "on");
      typed(0, "apply", "-c", name);
      site.policy(name, "off");
      Typed apply = typed(0, "apply", "-c", name);
      assertThat(apply.out()).contains("STOPPED").doesNotContain("PERMITTED");
      assertThat(stand.hasSets()).isFalse();
    }
  }

  @Test
  void clusterWithoutPolicyIsNeverConnectedTo() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    Stand lonely = site.add(Stand.of("lonely", 2, Stand::set));
    site.policy("hz", "on");
    assertThat(typed(0, "plan").out()).contains("UNMANAGED");
    typed(0, "apply");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(site.states("lonely")).containsExactly("UNMANAGED", "UNMANAGED");
    assertThat(lonely.asked()).isZero();
    assertThat(stand.asked()).isPositive();
  }
}
