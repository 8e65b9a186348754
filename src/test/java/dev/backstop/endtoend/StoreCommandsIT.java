package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.Typed;
import dev.backstop.testing.DamagedStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Uses a state store that is there, absent, lost or damaged. */
class StoreCommandsIT extends SiteTestCase {

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
}
