package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.daemon.Running;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import dev.backstop.testing.Promtool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Lets a real Prometheus scrape a real daemon by the alerting rules that are shipped. */
@Needs(Need.PROMETHEUS)
class PrometheusIT extends SiteTestCase {

  private static final Path ALERTS = Path.of("conf", "prometheus", "alerts.yaml");

  /** The rules as they are shipped, but for how long a state must last before it alerts. */
  private Path impatient() throws IOException {
    String rules = Files.readString(ALERTS);
    Path copy = folder.resolve("alerts.yaml");
    Files.writeString(copy, rules.replaceAll("(?m)^( +for: )\\d+[smhd]$", "$13s"));
    return copy;
  }

  /** A window that is open and ends in ten minutes, in UTC's neighbour if midnight is near. */
  private static String closingSoon() {
    ZoneOffset zone = ZoneOffset.ofHours(LocalTime.now(ZoneOffset.UTC).getHour() > 20 ? -6 : 2);
    LocalTime now = LocalTime.now(zone);
    return "timezone: \"%s\"\nbackupWindow: [{from: \"%s\", to: \"%tR\"}]\n"
        .formatted(zone, "00:00", now.plusMinutes(10));
  }

  @Test
  void alertsFollowTheDaemonFromItsStartToItsEnd() throws Exception {
    String address = "127.0.0.1:" + Prometheus.freePort();
    site.setting("http", "{listen: '" + address + "'}");
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "hz", "on", closingSoon());
    try (Prometheus prometheus = Prometheus.start(folder, address, impatient())) {
      prometheus.awaitFiring("daemon", "BackstopDown");

      Running daemon = site.run();
      prometheus.awaitScrape();
      prometheus.awaitFiring("cluster", "BackstopWindowClosing hz");
      site.policy("sh", "nowhere", "off", "");
      prometheus.awaitFiring(
          "state", "BackstopPolicyFilesInvalid invalid", "BackstopWindowClosing");
      site.delete("sh");
      prometheus.awaitFiring("cluster", "BackstopWindowClosing hz");

      daemon.close();
      prometheus.awaitFiring("daemon", "BackstopDown site");
      assertThat(prometheus.ruleErrors()).isEmpty();
    }
  }

  @Test
  @Needs(Need.PROMTOOL)
  void lintOfPrometheusFindsNothingInAScrape() throws Exception {
    site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "off");
    site.run();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    Path scrape = folder.resolve("scrape.txt");
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(site.address() + "metrics")).build(),
            HttpResponse.BodyHandlers.ofFile(scrape));

    assertThat(Promtool.lint(scrape)).isEmpty();
    assertThat(scrape).content().contains("backstop_statements_total");
  }
}
