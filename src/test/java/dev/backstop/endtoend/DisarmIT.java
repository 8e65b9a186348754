package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.daemon.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disarms and arms clusters. */
class DisarmIT extends SiteTestCase {

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
}
