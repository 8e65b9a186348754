package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Asks a daemon that has just proven a stop for every page. */
@Execution(ExecutionMode.CONCURRENT)
class PagesIT {

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder);
    site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.add(Stand.of("bj", 2, Stand::nothing));
    site.policy("hz", "off");
    site.run();
    site.awaitStates("hz", "STOPPED", "STOPPED");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(site.address() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String page(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = ask("GET", path);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    return response.body();
  }

  @Test
  void everyPageOfTheContractIsThere() throws Exception {
    String metrics = page("metrics");
    assertThat(metrics)
        .contains(
            "backstop_build_info{version=",
            "backstop_daemon_info{daemon=\"site\"} 1",
            "backstop_state{cluster=\"hz\",kind=\"data\",state=\"STOPPED\"} 1",
            "backstop_state{cluster=\"hz\",kind=\"data\",state=\"DRIFTED\"} 0",
            "backstop_state{cluster=\"bj\",kind=\"log\",state=\"UNMANAGED\"} 1",
            "backstop_state_since_timestamp_seconds{cluster=\"hz\",kind=\"data\"} ",
            "backstop_converged{cluster=\"hz\",kind=\"log\"} 1",
            "backstop_jobs_running{cluster=\"hz\",kind=\"data\"} 0",
            "backstop_jobs_running{cluster=\"hz\",kind=\"log\"} 0",
            "backstop_cluster_up{cluster=\"hz\"} 1",
            "backstop_last_observation_timestamp_seconds{cluster=\"hz\"} ",
            "backstop_reconcile_expected_interval_seconds{cluster=\"hz\"} 1",
            "backstop_reconcile_total{cluster=\"hz\",result=\"ok\"} ",
            "backstop_reconcile_total{cluster=\"hz\",result=\"unknown\"} ",
            "backstop_reconcile_total{cluster=\"hz\",result=\"unsupported\"} 0",
            "backstop_reconcile_total{cluster=\"hz\",result=\"wrong_cluster\"} 0",
            "backstop_reconcile_total{cluster=\"hz\",result=\"error\"} 0",
            "backstop_reconcile_duration_seconds_count ",
            "backstop_reconcile_seconds_sum{cluster=\"hz\"} ",
            "backstop_reconcile_lateness_seconds_count ",
            "backstop_statements_total{cluster=\"hz\",statement=\"cancel_backupset\",result=\"accepted\"}"
                + " 1",
            "backstop_statements_total{cluster=\"hz\",statement=\"cancel_backuppiece\",result=\"accepted\"}"
                + " 2",
            "backstop_statements_total{cluster=\"hz\",statement=\"stop_archivelog\",result=\"refused\"}"
                + " 0",
            "backstop_stop_duration_seconds_sum{cluster=\"hz\",kind=\"data\"} ",
            "backstop_stop_duration_seconds_count{cluster=\"hz\",kind=\"data\"} 1",
            "backstop_returned_jobs_total{cluster=\"hz\",kind=\"data\"} 0",
            "backstop_held{reason=\"budget\"} 0",
            "backstop_disarmed{cluster=\"hz\"} 0",
            "backstop_policy_files{state=\"valid\"} 1",
            "backstop_policy_files{state=\"invalid\"} 0",
            "backstop_policy_files{state=\"pending_deletion\"} 0",
            "backstop_policy_files{state=\"held_deletion\"} 0",
            "backstop_policy_directory_trusted 1",
            "backstop_config_last_reload_successful 1",
            "backstop_store_writable 1",
            "backstop_history_write_errors_total 0",
            "jvm_memory_used_bytes");
    // Only words of jobs that run now have a series.
    assertThat(metrics).doesNotContain("backstop_jobs{");
    // An unmanaged cluster exports that one state only.
    assertThat(metrics.lines().filter(line -> line.startsWith("backstop_state{cluster=\"bj\"")))
        .hasSize(2);
    assertThat(Site.json(page("metrics.json")).path("counters").isEmpty()).isFalse();
    assertThat(page("livez")).isEqualTo("ok\n");
    assertThat(page("readyz")).isEqualTo("ok\n");
    assertThat(page("")).isNotEmpty();

    JsonNode status = Site.json(page("api/v1/status"));
    assertThat(Site.kind(status, "hz", "data").path("state").asText()).isEqualTo("STOPPED");
    JsonNode cluster =
        Site.each(status.path("clusters"))
            .filter(one -> one.path("cluster").asText().equals("hz"))
            .findFirst()
            .orElseThrow();
    assertThat(List.of("nextRun", "daemon", "endpoint", "version"))
        .allSatisfy(key -> assertThat(cluster.path(key).asText()).isNotEmpty());
    assertThat(status.path("policies").get(0).path("file").asText()).isEqualTo("hz.yaml");
    assertThat(status.path("held")).isEmpty();

    List<String> events =
        page("api/v1/history?cluster=hz&since=1h")
            .lines()
            .map(line -> Site.json(line).path("event").asText())
            .toList();
    assertThat(events).containsSubsequence("statement", "statement_result", "stop_proven");
    assertThat(events).isEqualTo(site.events("-c", "hz", "--since", "1h"));

    for (String since :
        List.of(
            "100000d",
            "3650000d",
            "1677-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "%2B999999999-12-31T23:59:59Z",
            "-300000000-01-01T00:00:00Z")) {
      page("api/v1/history?since=" + since);
    }
    assertThat(ask("GET", "api/v1/history?since=%2B9999999999-12-31T23:59:59Z").statusCode())
        .isEqualTo(400);

    for (String method : List.of("POST", "PUT", "DELETE")) {
      assertThat(ask(method, "api/v1/status").statusCode()).as(method).isEqualTo(405);
    }
    assertThat(ask("HEAD", "metrics").body()).isEmpty();
    assertThat(ask("GET", "nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void theApiIsOfTheClustersThatAreAskedFor() throws Exception {
    JsonNode one = Site.json(page("api/v1/status?cluster=bj"));
    assertThat(one.path("clusters").findValuesAsText("cluster")).containsExactly("bj");
    assertThat(one.path("policies")).isEmpty();

    JsonNode both = Site.json(page("api/v1/status?cluster=bj&cluster=hz"));
    assertThat(both.path("clusters").findValuesAsText("cluster"))
        .containsExactlyInAnyOrder("bj", "hz");
    assertThat(both.path("policies").findValuesAsText("file")).containsExactly("hz.yaml");

    assertThat(page("api/v1/history?cluster=bj&cluster=hz").lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(Site.json(line).path("cluster").asText()).isIn("bj", "hz"));
    for (String page : List.of("status", "history")) {
      assertThat(ask("GET", "api/v1/" + page + "?clusters=hz").statusCode()).isEqualTo(400);
    }
  }
}
