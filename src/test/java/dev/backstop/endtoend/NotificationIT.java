package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.testing.FakeWebhook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  @Test
  void aStopAndItsProofAreToldOnceInGroups_andARestartTellsNothingAnew() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.setting("notifications", "[{name: dba, url: '" + hook.url("/hook") + "'}]");
    site.policy("hz", "off");
    Launched daemon = run();
    Site.awaitThat(
        "the stop is told",
        () -> transitions("hz data").stream().anyMatch(words -> words.endsWith("STOPPED")));
    List<String> stop = transitions("hz data");
    assertThat(stop.get(0)).startsWith("null ");
    assertThat(stop).doesNotHaveDuplicates().contains("STOPPING STOPPED");
    assertThat(hook.received()).hasSizeLessThan(3);
    daemon.close();
    int told = hook.received().size();
    run();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    stand.change(cluster -> cluster.startSetJob(CopyRequest.all()));
    Site.awaitThat("the return is told", () -> hook.received().size() > told);
    assertThat(transitions("hz data").subList(stop.size(), transitions("hz data").size()).get(0))
        .startsWith("STOPPED ");
  }
}
