package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types the other verbs, with and without a daemon. */
class CommandsIT extends SiteTestCase {

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
  void clustersAreChosenByNamesAndGlobs_whichFilterEverything() {
    List<String> clusters = List.of("hz-1", "hz-2", "other");
    for (String cluster : clusters) {
      site.add(Stand.of(cluster, clusters.indexOf(cluster) + 1, Stand::set));
      site.policy(cluster, "on");
    }
    typed(0, "apply");
    typed(1, "disarm", "other", "--reason", "r");
    assertThat(typed(0, "status", "-c", "hz-*").out())
        .startsWith("2 clusters: 2 as wanted\nNo daemon works on the state store: ")
        .contains("hz-1", "hz-2", "Policies: 2 live")
        .doesNotContain("other");
    for (String verb : List.of("status", "history", "plan")) {
      assertThat(typed(0, verb, "-c", "*-1", "-c", "hz-2", "-o", "json").out())
          .contains("\"hz-1\"", "\"hz-2\"")
          .doesNotContain("other");
    }
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
