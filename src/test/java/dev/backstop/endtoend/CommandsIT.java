package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.Typed;
import dev.backstop.daemon.Running;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.testing.DamagedStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types every verb, with and without a daemon, and checks what it does and ends with. */
@Execution(ExecutionMode.CONCURRENT)
class CommandsIT {

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Typed typed(int code, String... arguments) {
    Typed typed = site.type(arguments);
    assertThat(typed.code()).as(String.join(" ", arguments) + "\n" + typed.text()).isEqualTo(code);
    assertThat(typed.text()).doesNotContain("\tat ", Stand.PASSWORD);
    return typed;
  }

  @Test
  void planWritesNothing_andTellsWhatItWouldSend() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "off");
    Typed text = typed(0, "plan");
    assertThat(text.out())
        .contains("DRIFTED", "ALTER SYSTEM CANCEL BACKUP BACKUPSET", "Would be sent now");
    typed(2, "plan", "--detailed-exitcode");
    JsonNode data = Site.kind(Site.json(typed(0, "plan", "-o", "json").out()), "hz", "data");
    assertThat(data.path("state").asText()).isEqualTo("DRIFTED");
    assertThat(data.path("statements"))
        .hasSize(1)
        .first()
        .extracting(JsonNode::asText)
        .isEqualTo("ALTER SYSTEM CANCEL BACKUP BACKUPSET");
    JsonNode job = data.path("jobs").get(0);
    assertThat(job.path("object").asText()).isEqualTo("backupset");
    assertThat(job.path("standing").asText()).isEqualTo("forbidden");
    assertThat(job.path("policies").get(0).asText()).isEqualTo("hz");
    assertThat(stand.sent()).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();

    site.policy("hz", "on");
    typed(0, "plan", "--detailed-exitcode");
  }

  @Test
  void statusHistoryDoctorAndValidateWorkWithoutAStore_andMakeNone() {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "off");
    assertThat(typed(0, "status").out()).contains("hz");
    assertThat(typed(0, "history").out()).isEmpty();
    assertThat(typed(0, "doctor").out()).contains("All is well.");
    assertThat(typed(0, "validate").out()).contains("1 policy valid");
    assertThat(folder.resolve("state")).doesNotExist();
  }

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
  void clusterThatTheConfigurationLacksIsNotSaidToBeDisarmed() {
    site.add(Stand.of("hz", 1, Stand::set));
    assertThat(typed(64, "disarm", "HZ", "--reason", "typo").err())
        .contains("there is no cluster HZ", "there are: hz");
  }

  /** A brake must not take other brakes off. */
  @Test
  void disarmingBeginsNoNewStoreUnderADaemonThatLostItsOwn() throws IOException {
    Stand hz = site.add(Stand.of("hz", 1, Stand::set));
    site.add(Stand.of("bj", 2, Stand::set));
    site.policy("hz", "on");
    Running daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    typed(0, "disarm", "hz", "--reason", "storage move");
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(site.folder().resolve("state/backstop.db" + end));
    }
    site.policy("hz", "off");
    assertThat(typed(1, "disarm", "bj", "--reason", "careful").err())
        .contains("backstop.db is gone while backstop run works on it; put it back, or restart");
    assertThat(typed(1, "apply", "--timeout", "5s").err()).contains("is gone while");
    daemon.close();
    assertThat(hz.sent()).isEmpty();
    assertThat(typed(1, "disarm", "--all", "--reason", "first of all").err())
        .contains("is not there, but traces of one are: backstop.db.run");
    assertThat(folder.resolve("state/backstop.db")).doesNotExist();
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

  @Test
  void commandsMakeNoStore_andSayWhatDoes() {
    site.add(Stand.of("hz", 1, Stand::set));
    for (String[] command :
        List.of(
            new String[] {"disarm", "hz", "--reason", "first"},
            new String[] {"arm", "hz", "--no-daemon"},
            new String[] {"approve", "all-gone-00000000", "--reason", "r", "--no-daemon"},
            new String[] {"forget", "hz", "--reason", "r", "--no-daemon"})) {
      assertThat(typed(1, command).err())
          .contains("there is no state store", "only backstop run and backstop apply make one");
    }
    assertThat(folder.resolve("state")).doesNotExist();
  }

  /** Another state.url, or another conf found by the working folder: the daemon sends on. */
  @Test
  void disarmingThatNoDaemonConfirmsIsWritten_saysSo_andEndsWith1() throws IOException {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Running daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(typed(0, "disarm", "hz", "--reason", "r").out())
        .contains("disarmed hz until armed", "daemon site");

    Path other = Files.createDirectories(folder.resolve("other/conf")).resolve("backstop.yaml");
    Site.write(
        other,
        Files.readString(site.conf()).replace("secrets/", folder.resolve("secrets") + "/")
            + "state: {url: 'jdbc:sqlite:"
            + folder.resolve("state/backstop.db")
            + "'}\n");
    assertThat(typed(1, "disarm", "hz", "--reason", "r", "--conf", other.toString()).err())
        .contains("disarmed hz until armed in the state store", "no daemon confirms it")
        .contains(site.conf().toRealPath().toString());

    site.setting("state", "{url: 'jdbc:sqlite:state/edited.db'}");
    assertThat(typed(1, "disarm", "hz", "--reason", "r").err()).contains("there is no state store");
    assertThat(folder.resolve("state/edited.db")).doesNotExist();

    site.setting("state", "{url: 'jdbc:sqlite:state/backstop.db'}");
    daemon.close();
    assertThat(typed(1, "disarm", "hz", "--reason", "later").err())
        .contains("disarmed hz until armed", "no daemon confirms it");
    assertThat(typed(0, "status").out()).contains("later");
  }

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
  void clusterThatNobodyKnowsIsNoQuietCluster() {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    typed(0, "apply");
    for (String verb : List.of("status", "history")) {
      assertThat(typed(64, verb, "-c", "typo").err()).contains("there is no cluster typo", "hz");
      typed(0, verb, "-c", "hz");
    }
    site.add(Stand.of("bj", 2, Stand::set));
    site.removeCluster("hz");
    typed(0, "history", "-c", "hz");
    typed(0, "status", "-c", "hz");
  }

  @Test
  void storeThatShouldBeThereIsNoEmptyAnswer() throws IOException {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    assertThat(typed(0, "status").err()).contains("there is no state store yet");
    assertThat(typed(0, "history").err()).contains("there is no state store yet");
    typed(0, "apply");
    Path store = folder.resolve("state/backstop.db");
    Path away = folder.resolve("away.db");
    Files.move(store, away);
    Files.createFile(folder.resolve("state/backstop.db-shm"));
    assertThat(typed(1, "status").err()).contains("traces of one are: backstop.db-shm");
    Files.delete(folder.resolve("state/backstop.db-shm"));
    try (ServerSocket daemon = new ServerSocket(0)) {
      site.setting("http", "{listen: '127.0.0.1:" + daemon.getLocalPort() + "'}");
      for (String verb : List.of("status", "history", "plan", "doctor")) {
        assertThat(typed(1, verb).text()).contains("http.listen 127.0.0.1:", "answers");
      }
    }
    typed(0, "status");
    Files.createSymbolicLink(store, away.resolveSibling("gone"));
    assertThat(typed(1, "history").err()).contains("is a link to what is not there");
  }

  @Test
  void policyFolderThatIsMissingIsNoAnswer() throws IOException {
    site.add(Stand.of("hz", 1, Stand::set));
    Files.delete(site.policies());
    for (String verb : List.of("plan", "validate", "doctor")) {
      assertThat(typed(1, verb).text()).contains(site.policies().toString());
    }
  }

  @Test
  void disarmedClusterIsSentNothingUntilArmed() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    typed(0, "disarm", "hz", "--reason", "storage move");
    site.policy("hz", "off");
    site.awaitStates("hz", "DISARMED", "STOPPED");
    assertThat(Site.kind(site.status(), "hz", "data").path("release").asText())
        .contains("backstop arm hz");
    assertThat(typed(0, "status").out()).contains("storage move");
    typed(3, "plan", "--detailed-exitcode");
    typed(3, "apply", "--timeout", "20s");
    assertThat(stand.sent()).isEmpty();

    Typed arm = typed(0, "arm", "hz");
    assertThat(arm.out()).contains("ALTER SYSTEM CANCEL BACKUP BACKUPSET", "armed hz");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(site.events()).containsSubsequence("disarmed", "armed", "statement");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999-12-31T23:59:59Z", "+999999999-12-31T23:59:59Z", "3650000d"})
  void disarmingUntilAFarTimeHolds_andLooksGoOn(String until) {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    typed(0, "disarm", "hz", "--reason", "storage move", "--until", until);
    site.policy("hz", "off");
    site.awaitStates("hz", "DISARMED", "STOPPED");
    int asked = stand.asked();
    Site.awaitThat("three more looks", () -> stand.asked() >= asked + 3);
    assertThat(typed(0, "status").out()).contains("Disarmed: hz", "until");
    typed(3, "plan", "--detailed-exitcode");
    typed(3, "apply", "--timeout", "20s");
    for (String since : List.of("100000d", "999999999d", "1600-01-01", "9999-12-31")) {
      typed(0, "history", "--since", since);
    }
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void disarmingOfAllEndsByItself() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    typed(0, "disarm", "--all", "--reason", "drill", "--until", "4s");
    site.policy("hz", "off");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    List<String> states =
        site.history().stream()
            .filter(entry -> entry.path("event").asText().equals("state_changed"))
            .map(entry -> entry.path("reason").asText())
            .toList();
    assertThat(states).anySatisfy(words -> assertThat(words).contains("drill"));
    assertThat(stand.hasSets()).isFalse();
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

  @Test
  void corruptStoreHoldsEverything_untilItIsSetAside() throws IOException {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "off");
    Path store = Files.createDirectories(folder.resolve("state")).resolve("backstop.db");
    Files.writeString(store, "this is no database at all, and never was one; but it is there");
    site.run();
    Site.awaitThat("a look", () -> stand.asked() > 3);
    Typed plan = typed(3, "plan", "--detailed-exitcode");
    assertThat(plan.out()).contains("HELD", "backstop approve store-unreadable");
    typed(3, "apply", "--timeout", "20s");
    assertThat(typed(1, "doctor").out()).contains("approve store-unreadable");
    assertThat(typed(1, "status").err()).contains("approve store-unreadable");
    assertThat(stand.sent()).isEmpty();
    assertThat(store).content().startsWith("this is no database");

    typed(0, "approve", "store-unreadable", "--reason", "disk fault");
    Site.awaitThat("the first statement", () -> !stand.sent().isEmpty());
    site.awaitStates("hz", "STOPPED", "STOPPED");
    try (var files = Files.list(folder.resolve("state"))) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .anyMatch(name -> name.matches("backstop\\.db\\..+\\.unreadable"));
    }
  }

  /** Only the check of every page finds it; whoever skips that could not release the hold. */
  @Test
  void partlyDamagedStoreHoldsEverything_untilItIsSetAside() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    typed(0, "apply");
    Path store = folder.resolve("state").resolve("backstop.db");
    DamagedStore.damageIndex(store);
    site.policy("hz", "off");
    site.run();
    typed(3, "apply", "--timeout", "20s");
    assertThat(typed(1, "doctor").out()).contains("is damaged", "approve store-unreadable");

    assertThat(typed(0, "approve", "store-unreadable", "--reason", "disk fault").out())
        .contains("backstop.db.", ".unreadable");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(stand.hasSets()).isFalse();
    assertThat(typed(0, "doctor").out()).contains("passes its check");
    assertThat(typed(1, "approve", "store-unreadable", "--reason", "again").err())
        .contains("is not unreadable; nothing was changed");
  }

  @Test
  void reloadTakesOverAnotherConf_andKeepsTheOldOneForABadOne() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.setting("mode", "observe");
    site.policy("hz", "off");
    var daemon = site.run();
    site.awaitStates("hz", "WOULD_STOP", "STOPPED");
    site.setting("mode", "of");
    daemon.reload();
    int asked = stand.asked();
    Site.awaitThat("three more looks", () -> stand.asked() >= asked + 3);
    assertThat(stand.sent()).isEmpty();
    site.setting("mode", "enforce");
    daemon.reload();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(site.events()).containsSubsequence("conf_rejected", "conf_loaded", "statement");
    assertThat(stand.hasSets()).isFalse();
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

  @Test
  void doctorNamesEveryThing_eachOnALine() {
    site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.cluster(
        "dead",
        "endpoints: ['127.0.0.1:1'], user: root@sys, passwordFile: secrets/right,"
            + " expect: {name: dead, id: 9}, connectTimeout: 1s");
    Typed doctor = typed(1, "doctor");
    assertThat(doctor.out().lines())
        .anySatisfy(line -> assertThat(line).contains("ok", "folder"))
        .anySatisfy(line -> assertThat(line).contains("ok", "store"))
        .anySatisfy(line -> assertThat(line).contains("ok", "hz", "version"))
        .anySatisfy(line -> assertThat(line).contains("FAIL", "dead", "repair"));
    assertThat(typed(0, "doctor", "-c", "hz").out()).doesNotContain("FAIL");
  }

  @Test
  void validateShowsTheNextFiveRunsWithTheirZone() {
    site.add(Stand.of("hz", 1, Stand::nothing));
    site.policy("hz", "hz", "off", "schedule: \"0 0 2 * * ?\"\ntimezone: Asia/Shanghai\n");
    Typed validate = typed(0, "validate");
    assertThat(validate.out().lines().filter(line -> line.contains("Asia/Shanghai"))).hasSize(5);
    site.policy("hz", "hz", "off", "schedule: \"0 2 * * *\"\n");
    assertThat(typed(78, "validate").err()).contains("hz.yaml:3:11: ");
    typed(0, "validate", "--conf", site.conf().toString(), ok());
  }

  private String ok() {
    Path file = folder.resolve("single.yaml");
    Site.write(file, Site.text("hz", "on"));
    return file.toString();
  }

  @Test
  void contradictionIsAWarningOfValidate() {
    site.add(Stand.of("hz", 1, Stand::nothing));
    site.policy("on", "hz", "on", "");
    site.policy("off", "hz", "off", "");
    assertThat(typed(0, "validate").err()).contains("warning:", "on", "off");
  }

  @Test
  void schemaAndCompletionNeedNoConf() throws IOException {
    assertThat(Site.json(typed(0, "schema", "policy").out()).path("title").asText()).isNotEmpty();
    assertThat(Site.json(typed(0, "schema", "conf").out()).path("title").asText()).isNotEmpty();
    assertThat(typed(0, "completion").out()).contains("complete -F", "backstop");
    assertThat(typed(0, "simulate", "--list").out()).contains("pieces", "secrets");
    assertThat(typed(0, "--version").out()).startsWith("backstop ");
    assertThat(typed(0, "--help").out()).contains("doctor");
  }
}
