package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.testing.Need;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;

/** A real Prometheus in a process of its own that scrapes one daemon every second. */
final class Prometheus implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final String address;

  private Prometheus(Process process, Path log, String address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  /**
   * Starts it.
   *
   * @param folder where it keeps its files
   * @param daemon host and port of the daemon
   * @param rules the file of alerting rules
   */
  static Prometheus start(Path folder, String daemon, Path rules) throws IOException {
    String address = "127.0.0.1:" + freePort();
    Path conf = folder.resolve("prometheus.yml");
    Path log = folder.resolve("prometheus.log");
    Files.writeString(
        conf,
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: ["%s"]
        scrape_configs:
          - job_name: backstop
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(rules.toAbsolutePath(), daemon));
    Process process =
        new ProcessBuilder(
                Need.PROMETHEUS.require().toString(),
                "--config.file=" + conf,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=" + address)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Prometheus prometheus = new Prometheus(process, log, address);
    prometheus.awaits(() -> prometheus.ask("/-/ready"));
    return prometheus;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until exactly these alerts fire, each as its name and a label's value. */
  void awaitFiring(String label, String... alerts) {
    awaits(() -> assertThat(firing(label)).containsExactly(alerts));
  }

  private List<String> firing(String label) {
    return Site.each(ask("/api/v1/alerts").path("data").path("alerts"))
        .filter(alert -> alert.path("state").asText().equals("firing"))
        .map(alert -> alert.path("labels"))
        .map(labels -> (labels.path("alertname").asText() + " " + labels.path(label).asText()))
        .map(String::strip)
        .sorted()
        .toList();
  }

  /** Waits until a scrape succeeded. */
  void awaitScrape() {
    awaits(
        () ->
            assertThat(Site.each(ask("/api/v1/targets").path("data").path("activeTargets")))
                .singleElement()
                .satisfies(target -> assertThat(target.path("health").asText()).isEqualTo("up"))
                .satisfies(target -> assertThat(target.path("lastError").asText()).isEmpty()));
  }

  /** Returns what is wrong with the rules in its eyes, rule by rule; empty where nothing is. */
  List<String> ruleErrors() {
    return Site.each(ask("/api/v1/rules").path("data").path("groups"))
        .flatMap(group -> Site.each(group.path("rules")))
        .map(rule -> rule.path("lastError").asText(""))
        .filter(error -> !error.isEmpty())
        .toList();
  }

  private void awaits(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
  }

  private JsonNode ask(String path) {
    try {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body().startsWith("{") ? Site.json(answer.body()) : Site.json("{}");
    } catch (IOException failed) {
      throw new AssertionError("Prometheus does not answer", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
