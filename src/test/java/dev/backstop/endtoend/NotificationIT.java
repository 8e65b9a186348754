package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.testing.FakeWebhook;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The daemon in a process of its own tells a webhook what it does. */
@Execution(ExecutionMode.CONCURRENT)
class NotificationIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final FakeWebhook hook = new FakeWebhook();
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder);
  }

  @AfterEach
  void close() {
    site.close();
    hook.close();
  }

  /** A process starts, and a message waits 10 s for what else happens. */
  private static void awaitThat(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
  }

  private Launched run() {
    return site.closing(Launched.in(folder, Map.of(), "run"));
  }

  /** Lists the transitions of all messages, each as kind, state before and state. */
  private List<String> transitions() {
    return hook.bodies().stream()
        .map(Site::json)
        .flatMap(message -> Site.each(message.path("transitions")))
        .map(NotificationIT::words)
        .toList();
  }

  private static String words(JsonNode one) {
    return Stream.of("cluster", "kind", "from", "state")
        .map(key -> one.path(key).asText())
        .reduce((left, right) -> left + " " + right)
        .orElseThrow();
  }

  private List<String> transitions(String of) {
    return transitions().stream()
        .filter(words -> words.startsWith(of + " "))
        .map(words -> words.substring(of.length() + 1))
        .toList();
  }

  /** Counts the kinds of which the store remembers that this was told last. */
  private int remembered(String state) throws SQLException {
    try (Connection store =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/backstop.db"));
        ResultSet count =
            store
                .createStatement()
                .executeQuery(
                    "SELECT COUNT(*) FROM notified_state WHERE state = '" + state + "'")) {
      return count.getInt(1);
    }
  }

  @Test
  void aStopAndItsProofAreToldOnceInGroups_andARestartTellsNothingAnew() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.setting("notifications", "[{name: dba, url: '" + hook.url("/hook") + "'}]");
    site.policy("hz", "off");
    Launched daemon = run();
    awaitThat(
        "the stop is told",
        () -> transitions("hz data").stream().anyMatch(words -> words.endsWith("STOPPED")));
    List<String> stop = transitions("hz data");
    assertThat(stop.get(0)).startsWith("null ");
    assertThat(stop).doesNotHaveDuplicates().contains("STOPPING STOPPED");
    assertThat(hook.received()).hasSizeLessThan(3);
    awaitThat("that is remembered", () -> remembered("STOPPED") == 2);
    daemon.close();
    int told = hook.received().size();
    run();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    stand.change(cluster -> cluster.startSetJob(CopyRequest.all()));
    awaitThat("the return is told", () -> hook.received().size() > told);
    assertThat(transitions("hz data").subList(stop.size(), transitions("hz data").size()).get(0))
        .startsWith("STOPPED ");
  }

  @Test
  void aDeletionIsToldFromItsGraceToItsProof() {
    site.add(Stand.of("hz", 1, Stand::set));
    site.setting("policies", "{settle: 200ms, deletionGrace: 3s}");
    site.setting("notifications", "[{name: dba, url: '" + hook.url("/hook") + "'}]");
    site.policy("hz", "on");
    run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.delete("hz");
    awaitThat("the proof is told", () -> transitions("hz data").contains("STOPPED UNMANAGED"));
    assertThat(transitions("hz data"))
        .containsExactly(
            "PERMITTED DRIFTED", "DRIFTED STOPPING", "STOPPING STOPPED", "STOPPED UNMANAGED");
    assertThat(hook.received()).hasSizeLessThan(4);
  }

  @Test
  void aWebhookThatHangsDelaysNoStopAndNoOtherReceiver_andIsNamedWithoutItsToken()
      throws Exception {
    try (FakeWebhook hung = new FakeWebhook()) {
      hung.hangs();
      Path address = site.password("hung-url", hung.url("/send?access_token=T0k3nT0k3n"));
      site.password("hung-secret", "SECr3tSECr3t");
      site.setting(
          "notifications",
          "[{name: hung, template: dingtalk, urlFile: secrets/hung-url, secretFile:"
              + " secrets/hung-secret}, {name: dba, url: '"
              + hook.url("/hook")
              + "'}]");
      Stand stand = site.add(Stand.of("hz", 1, Stand::set));
      site.policy("hz", "off");
      Launched daemon = run();
      awaitThat("a message hangs", () -> !hung.received().isEmpty());
      int looks = stand.asked();
      stand.change(cluster -> cluster.startSetJob(CopyRequest.all()));
      awaitThat("the return is stopped", () -> stand.sent().size() > 1);
      awaitThat("looks go on", () -> stand.asked() > looks + 3);
      assertThat(hung.received()).hasSizeLessThan(3);
      awaitThat("the other one is told", () -> transitions("hz data").size() > 3);
      awaitThat(
          "the failure is told",
          () ->
              site.type("status").text().contains("notification hung: messages have not arrived"));
      String shown =
          site.type("status").text()
              + site.type("status", "-o", "json").text()
              + site.type("doctor").text()
              + site.type("history").text()
              + daemon.out()
              + daemon.err();
      assertThat(site.type("doctor").text())
          .contains("FAIL  notifications", "hung: messages have not arrived since");
      assertThat(daemon.err()).contains("has not answered within 10 s");
      assertThat(shown).doesNotContain("T0k3n", "SECr3t").doesNotContain("sign=");
      assertThat(address).exists();
    }
  }
}
