package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.daemon.Running;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Reloads configurations that change more than a policy's next look. */
@Execution(ExecutionMode.CONCURRENT)
class ReloadIT {

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Site site;
  private int port;

  @BeforeEach
  void open() throws Exception {
    site = new Site(folder);
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    site.setting("http", "{listen: '127.0.0.1:" + port + "'}");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String ask(String path) throws Exception {
    URI page = URI.create("http://127.0.0.1:" + port + "/" + path);
    return client
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void includedFilesAreReadAgain_andAProgramPrintsThePasswordsOfTheirClusters() throws Exception {
    Stand late = site.add(Stand.of("late", 2, Stand::set));
    site.add(Stand.of("hz", 1, Stand::set));
    site.removeCluster("late");
    Path included = Files.createDirectories(folder.resolve("clusters.d"));
    site.setting("include", "[clusters.d/*.yaml]");
    site.policy("hz", "on");
    Running daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    Path runs = folder.resolve("runs");
    Path print = folder.resolve("print");
    Files.writeString(
        print, "#!/bin/sh\necho $1 >> " + runs + "\nexec cat " + folder + "/secrets/right\n");
    assertThat(print.toFile().setExecutable(true)).isTrue();
    site.setting("clusterDefaults", "{user: root@sys, passwordCommand: [./print, '{cluster}']}");
    Files.writeString(
        included.resolve("late.yaml"),
        "clusters: {late: {endpoints: ['%s'], expect: {name: late, id: 2}}}"
            .formatted(late.simulator().endpoint()));
    site.policy("late", "off");
    daemon.reload();
    site.awaitStates("late", "STOPPED", "STOPPED");
    assertThat(late.hasSets()).isFalse();
    assertThat(Files.readAllLines(runs)).containsOnly("late");
  }

  /** A new store would know of nothing that is held. */
  @Test
  void anotherStateUrlKeepsTheDamagedStoreAndItsHold_untilTheNextStart() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "off");
    Path state = Files.createDirectories(folder.resolve("state"));
    Files.writeString(state.resolve("backstop.db"), "no database, and it never was one");
    Running daemon = site.run();
    Site.awaitThat(
        "the hold",
        () -> ask("metrics").contains("backstop_held{reason=\"store_unreadable\"} 1\n"));
    site.setting("state", "{url: 'jdbc:sqlite:state/other.db'}");
    site.setting("daemon", "renamed");
    daemon.reload();
    assertThat(ask("api/v1/status")).contains("\"awaitingStart\":[\"daemon\",\"state\"]");
    assertThat(ask("metrics"))
        .contains("backstop_held{reason=\"store_unreadable\"} 1\n")
        .contains("backstop_daemon_info{daemon=\"site\"} 1");
    assertThat(state.resolve("other.db")).doesNotExist();
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void keysThatAwaitAStartAreNamedInHistoryAndStatus() {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Running daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.setting("http", "{listen: '127.0.0.1:0'}");
    daemon.reload();
    assertThat(site.history().stream().map(entry -> entry.path("reason").asText()))
        .anySatisfy(words -> assertThat(words).contains("loaded, but for http"));
    assertThat(site.type("status").text()).contains("http").contains("next start");
    assertThat(Site.each(site.status().path("awaitingStart")).map(key -> key.asText()))
        .containsExactly("http");
  }

  /** Whoever takes a cluster out and puts it back next week expects no stop at once. */
  @Test
  void deletionThatCountedIsHeld_whereItsClusterLeftTheConfAndCameBack() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.add(Stand.of("bj", 2, Stand::set));
    site.policy("hz", "on");
    site.policy("bj", "on");
    Running daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(site.type("disarm", "hz", "--reason", "a test").code()).isZero();
    site.delete("hz");
    site.awaitEvent("deletion_counted");
    site.removeCluster("hz");
    daemon.reload();
    site.add(stand);
    daemon.reload();
    site.awaitHeld("cluster_not_in_conf");
    assertThat(site.type("arm", "hz").code()).isZero();
    site.awaitData("hz", "HELD");
    assertThat(stand.sent()).isEmpty();
  }

  /** An engine that is made anew must not need the store to be free. */
  @Test
  void reloadWhileTheStoreIsLockedLosesNoEngine() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Running daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    Path other = Files.createDirectories(folder.resolve("others"));
    Files.copy(site.policyFile("hz"), other.resolve("hz.yaml"));
    site.setting("policies", "{directory: others, settle: 200ms, deletionGrace: 1s}");
    String url = "jdbc:sqlite:" + folder.resolve("state/backstop.db");
    try (Connection blocker = DriverManager.getConnection(url);
        Statement statement = blocker.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      daemon.reload();
      statement.execute("ROLLBACK");
    }
    Site.write(other.resolve("hz.yaml"), Site.text("hz", "off"));
    site.awaitData("hz", "STOPPED");
    assertThat(stand.hasSets()).isFalse();
  }
}
