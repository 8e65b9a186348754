package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.daemon.Running;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds deletions and edits until a person approves them. */
class ApproveIT extends SiteTestCase {

  @Test
  void decisionsAreWrittenBehindNoDaemonsBack_andForNobodyOnlyWhereAPersonSaysSo() {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "hz", "on", "onDelete: hold\n");
    Running daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    typed(0, "disarm", "hz", "--reason", "r");
    site.delete("hz");
    String id = site.awaitHeld("on_delete_hold");
    List<String[]> commands =
        List.of(
            new String[] {"arm", "hz"},
            new String[] {"approve", id, "--reason", "r"},
            new String[] {"forget", id, "--reason", "r"});
    for (String[] command : commands) {
      assertThat(typed(1, with(command, "--no-daemon")).err()).contains("leave --no-daemon out");
    }
    daemon.close();
    for (String[] command : commands) {
      assertThat(typed(1, command).err())
          .contains("nothing was written: no daemon of", "--no-daemon");
    }
    assertThat(site.held()).containsExactly(id);
    assertThat(typed(0, with(commands.get(1), "--no-daemon")).out())
        .contains("approved " + id, "hz stays disarmed");
    typed(0, with(commands.get(0), "--no-daemon"));
    typed(1, with(commands.get(2), "--no-daemon"));
  }

  private static String[] with(String[] command, String option) {
    List<String> all = new ArrayList<>(List.of(command));
    all.add(option);
    return all.toArray(String[]::new);
  }

  @Test
  void twoFilesDeletedLeavingNone_areHeldUntilApproved() {
    Stand hz = site.add(Stand.of("hz", 1, Stand::set));
    Stand bj = site.add(Stand.of("bj", 2, Stand::set));
    site.policy("hz", "on");
    site.policy("bj", "on");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.awaitStates("bj", "PERMITTED", "PERMITTED");
    site.delete("hz");
    site.delete("bj");
    String id = site.awaitHeld("all_gone");
    site.awaitData("hz", "HELD");
    Typed plan = typed(3, "plan", "--detailed-exitcode");
    assertThat(plan.out()).contains(id, "backstop approve " + id);
    assertThat(typed(3, "apply", "--timeout", "20s").out()).contains(id);
    assertThat(hz.sent()).isEmpty();
    assertThat(bj.sent()).isEmpty();

    assertThat(typed(1, "approve", "all-gone-00000000", "--reason", "no").err()).contains(id);
    typed(64, "approve", id);
    assertThat(typed(0, "approve", id, "--reason", "both retired").out()).contains("hz", "bj");
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    site.awaitStates("bj", "UNMANAGED", "UNMANAGED");
    assertThat(hz.hasSets() || bj.hasSets()).isFalse();
    assertThat(site.held()).isEmpty();
  }

  @Test
  void onDeleteHold_asksAlways_andForgetStopsNothing() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "hz", "on", "onDelete: hold\n");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(typed(1, "forget", "hz", "--reason", "no").err()).contains("has a file");
    site.delete("hz");
    String id = site.awaitHeld("on_delete_hold");
    typed(0, "forget", id, "--reason", "moved to another team");
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    assertThat(stand.sent()).isEmpty();
    assertThat(stand.hasSets()).isTrue();
    assertThat(site.events()).contains("forgotten");
  }

  @Test
  void onDeleteForget_stopsNothing() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "hz", "on", "onDelete: forget\n");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.delete("hz");
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    assertThat(stand.sent()).isEmpty();
    assertThat(stand.hasSets()).isTrue();
  }

  @Test
  void editsBeyondTheBudgetAreHeldUntilApproved() {
    site.setting("policies", "{settle: 200ms, deletionGrace: 1s, maxStopsAtOnce: 1}");
    Stand hz = site.add(Stand.of("hz", 1, Stand::set));
    Stand bj = site.add(Stand.of("bj", 2, Stand::set));
    site.policy("hz", "on");
    site.policy("bj", "on");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.awaitStates("bj", "PERMITTED", "PERMITTED");
    site.policy("hz", "off");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    site.policy("bj", "off");
    String id = site.awaitHeld("budget");
    site.awaitStates("bj", "HELD", "STOPPED");
    assertThat(Site.kind(site.status(), "bj", "data").path("release").asText())
        .contains("backstop approve " + id + " ");
    assertThat(bj.sent()).isEmpty();
    assertThat(hz.hasSets()).isFalse();
    for (Typed shown : List.of(typed(3, "plan", "--detailed-exitcode"), typed(0, "status"))) {
      assertThat(shown.err())
          .contains("policies.maxStopsAtOnce: 1 of 1 used this hour (hz); next free at ");
    }
    typed(0, "approve", id, "--reason", "planned");
    site.awaitStates("bj", "STOPPED", "STOPPED");
    assertThat(bj.hasSets()).isFalse();
  }

  @Test
  void budgetHoldEndsWhenTheEditIsUndone() {
    site.setting("policies", "{settle: 200ms, deletionGrace: 1s, maxStopsAtOnce: 1}");
    site.add(Stand.of("hz", 1, Stand::set));
    Stand bj = site.add(Stand.of("bj", 2, Stand::set));
    site.policy("hz", "on");
    site.policy("bj", "on");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.awaitStates("bj", "PERMITTED", "PERMITTED");
    site.policy("hz", "off");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    site.policy("bj", "off");
    site.awaitHeld("budget");
    site.policy("bj", "on");
    site.awaitStates("bj", "PERMITTED", "PERMITTED");
    Site.awaitThat("the hold's end", () -> site.held().isEmpty());
    assertThat(bj.sent()).isEmpty();
  }

  @Test
  void clusterTakenOutOfTheConf_holdsTheDeletionOfItsPolicy() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.add(Stand.of("bj", 2, Stand::set));
    site.policy("hz", "on");
    site.policy("bj", "on");
    var daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.removeCluster("hz");
    daemon.reload();
    site.delete("hz");
    String id = site.awaitHeld("cluster_not_in_conf");
    typed(1, "approve", id, "--reason", "no");
    typed(0, "forget", id, "--reason", "retired");
    Site.awaitThat("the hold's end", () -> site.held().isEmpty());
    assertThat(stand.sent()).isEmpty();
  }
}
