package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.simulator.cluster.Profile;
import dev.backstop.simulator.wire.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gives bad input: one clear line, the right exit code, and nothing is ever sent. */
@Execution(ExecutionMode.CONCURRENT)
class BadInputIT {

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

  private Stand running() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "off");
    return stand;
  }

  private void reach(Stand stand, String user, String secret, String expect) {
    site.cluster(
        "hz",
        "endpoints: ['%s'], user: %s, passwordFile: secrets/%s, expect: %s, connectTimeout: 2s, statementTimeout: 2s"
            .formatted(stand.simulator().endpoint(), user, secret, expect));
  }

  /** Both verbs end alike, and a line of each names what is wrong; returns what plan wrote. */
  private Typed bothEndWith(int code, Stand stand, String... words) {
    Typed plan = site.type("plan");
    assertThat(plan.code()).as(plan.text()).isEqualTo(code);
    assertThat(plan.text().lines()).as("a line of plan").anySatisfy(l -> saysAll(l, words));
    Typed apply = site.type("apply", "--timeout", "2s");
    assertThat(apply.code()).as(apply.text()).isEqualTo(code);
    assertThat(apply.text().lines()).as("a line of apply").anySatisfy(l -> saysAll(l, words));
    for (Typed typed : List.of(plan, apply)) {
      assertThat(typed.text())
          .doesNotContain("Exception", "\tat ", Stand.PASSWORD)
          .doesNotContain("null");
    }
    assertThat(stand.sent()).isEmpty();
    assertThat(stand.hasSets()).isTrue();
    return plan;
  }

  private static void saysAll(String line, String... words) {
    assertThat(line).contains(words);
  }

  @Test
  void wrongPassword() {
    Stand stand = running();
    site.password("wrong", "not-it");
    reach(stand, "root@sys", "wrong", "{name: hz, id: 1}");
    bothEndWith(5, stand, "UNKNOWN", "1045", "password");
  }

  @Test
  void unknownUser() {
    Stand stand = running();
    reach(stand, "nobody@sys", "right", "{name: hz, id: 1}");
    bothEndWith(5, stand, "UNKNOWN", "1045");
  }

  @Test
  void unknownHost() {
    Stand stand = running();
    site.cluster(
        "hz",
        "endpoints: ['no-such-host.invalid:2881'], user: root@sys, passwordFile: secrets/right,"
            + " expect: {name: hz, id: 1}, connectTimeout: 1s");
    bothEndWith(5, stand, "UNKNOWN", "no-such-host.invalid");
  }

  @Test
  void closedPort() {
    Stand stand = running();
    stand.simulator().fail(WireFault.refuse());
    bothEndWith(5, stand, "UNKNOWN", stand.simulator().endpoint());
  }

  @Test
  void acceptsAndNeverAnswers() {
    Stand stand = running();
    reach(stand, "root@sys", "right", "{name: hz, id: 1}");
    stand.simulator().fail(WireFault.silence());
    bothEndWith(5, stand, "UNKNOWN", stand.simulator().endpoint());
  }

  @ParameterizedTest
  @CsvSource({
    "4.x, 5, UNSUPPORTED, 4.2",
    "hung-query, 5, UNKNOWN, 127.0.0.1",
    "empty-answers, 5, UNKNOWN, row",
  })
  void serverThatCantBeJudged(String profile, int code, String state, String word) {
    Stand stand = site.add(Stand.of("hz", 1, Profile.named(profile).orElseThrow()));
    site.policy("hz", "off");
    reach(stand, "root@sys", "right", "{name: hz, id: 1}");
    Typed plan = site.type("plan");
    assertThat(plan.code()).as(plan.text()).isEqualTo(code);
    assertThat(plan.out().lines()).anySatisfy(line -> saysAll(line, state, word));
    Typed apply = site.type("apply", "--timeout", "2s");
    assertThat(apply.code()).as(apply.text()).isEqualTo(code);
    assertThat(stand.sent()).isEmpty();
  }

  /** The set job's view is there: only the other kind is blind. */
  @Test
  void missingViewBlindsItsKindOnly() {
    Stand stand = site.add(Stand.of("hz", 1, Profile.MISSING_VIEW));
    site.policy("hz", "{data: on, log: off}");
    Typed plan = site.type("plan");
    assertThat(plan.code()).as(plan.text()).isEqualTo(5);
    assertThat(plan.out().lines())
        .anySatisfy(line -> saysAll(line, "data", "PERMITTED"))
        .anySatisfy(line -> saysAll(line, "log", "UNKNOWN", "CDB_OB_BACKUP_BACKUPPIECE_JOB"));
    assertThat(site.type("apply", "--timeout", "2s").code()).isEqualTo(5);
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void restrictedUserIsToldWhatToGrant() {
    Stand stand = site.add(Stand.of("hz", 1, Profile.RESTRICTED_USER));
    site.policy("hz", "{data: on, log: off}");
    Typed plan = site.type("plan");
    assertThat(plan.code()).as(plan.text()).isEqualTo(5);
    assertThat(plan.text()).containsIgnoringCase("grant");
    assertThat(site.type("apply", "--timeout", "2s").code()).isEqualTo(5);
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void wrongClusterName() {
    Stand stand = running();
    reach(stand, "root@sys", "right", "{name: other, id: 1}");
    bothEndWith(6, stand, "WRONG_CLUSTER", "hz", "other");
  }

  @Test
  void wrongClusterId() {
    Stand stand = running();
    reach(stand, "root@sys", "right", "{name: hz, id: 77}");
    bothEndWith(6, stand, "WRONG_CLUSTER", "77");
  }

  @Test
  void missingPasswordFile() {
    Stand stand = running();
    reach(stand, "root@sys", "absent", "{name: hz, id: 1}");
    bothEndWith(5, stand, "UNKNOWN", "secrets/absent");
  }

  @Test
  void missingSystemdCredential() {
    Stand stand = running();
    site.cluster(
        "hz",
        "endpoints: ['%s'], user: root@sys, passwordFile: 'credential:hz-prod', expect: {name: hz, id: 1}"
            .formatted(stand.simulator().endpoint()));
    bothEndWith(5, stand, "UNKNOWN", "credential hz-prod", "LoadCredential=hz-prod:");
  }

  @Test
  void passwordFileThatOthersCanRead() throws IOException {
    Stand stand = running();
    Path open = site.password("open", Stand.PASSWORD);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    reach(stand, "root@sys", "open", "{name: hz, id: 1}");
    bothEndWith(5, stand, "UNKNOWN", "secrets/open", "chmod");
  }

  @Test
  void brokenPolicyBlocks_andSaysWhere() {
    Stand stand = running();
    site.policy("hz", "hz", "of", "");
    Typed validate = site.type("validate");
    assertThat(validate.code()).isEqualTo(78);
    assertThat(validate.err()).contains("hz.yaml:2:18: ");
    Typed plan = site.type("plan");
    assertThat(plan.code()).isEqualTo(78);
    assertThat(plan.text()).contains("hz.yaml:2:18: ");
    Typed apply = site.type("apply", "--timeout", "2s");
    assertThat(apply.code()).isEqualTo(78);
    assertThat(apply.text()).contains("hz.yaml:2:18: ");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void brokenPolicyBesideAGoodOneBlocksNewStops() {
    Stand stand = running();
    Site.write(site.policyFile("broken"), "cluster: hz\nsecondaryBackup: maybe\n");
    Typed plan = site.type("plan", "--detailed-exitcode");
    assertThat(plan.code()).as(plan.text()).isEqualTo(78);
    Typed apply = site.type("apply", "--timeout", "20s");
    assertThat(apply.code()).as(apply.text()).isEqualTo(78);
    assertThat(apply.out()).contains("BLOCKED");
    assertThat(stand.sent()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"plan", "apply", "status", "history", "doctor", "validate", "run"})
  void brokenConf(String verb) {
    Stand stand = running();
    site.setting("reconcil", "{every: 1s}");
    site.setting("mode", "of");
    Typed typed = site.type(verb);
    assertThat(typed.code()).as(typed.text()).isEqualTo(78);
    assertThat(typed.err().lines())
        .anySatisfy(line -> saysAll(line, "backstop.yaml:", "reconcil", "reconcile"))
        .anySatisfy(line -> saysAll(line, "backstop.yaml:", "mode"));
    assertThat(typed.err()).doesNotContain("\tat ");
    assertThat(stand.asked()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"plan, 78", "apply, 78", "status, 78", "doctor, 78", "validate, 78", "run, 1"})
  void missingConf(String verb, int code) {
    Typed typed = site.type(verb, "--conf", "nowhere/backstop.yaml");
    assertThat(typed.code()).as(typed.text()).isEqualTo(code);
    assertThat(typed.err()).contains("nowhere/backstop.yaml");
    assertThat(typed.err().lines()).hasSizeLessThan(3);
  }

  @ParameterizedTest
  @CsvSource({"plan", "apply", "status", "doctor"})
  void unknownClusterIsBadUsage(String verb) {
    running();
    Typed typed = site.type(verb, "-c", "nowhere");
    assertThat(typed.code()).as(typed.text()).isEqualTo(64);
    assertThat(typed.err()).contains("nowhere", "hz");
  }
}
