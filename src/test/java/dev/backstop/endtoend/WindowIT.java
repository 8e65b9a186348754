package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.Typed;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Tells how windows close on running jobs, and how jobs to a foreign place are stopped. */
class WindowIT extends SiteTestCase {

  /** Windows end with a minute, so the zone is one whose minute ends when the test wants it to. */
  private static String closing(Instant closes) {
    ZoneOffset zone = ZoneOffset.ofTotalSeconds(Math.floorMod(-closes.getEpochSecond(), 60));
    LocalTime end = LocalTime.ofInstant(closes, zone);
    return """
    timezone: "%s"
    backupWindow: [{from: "%s", to: "%s"}]
    """
        .formatted(zone, end.minusHours(1), end);
  }

  private static Instant soon() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(12);
  }

  @Test
  void windowThatClosesStopsWhatRuns_andTheOneBesideItMayFinish() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::setAndPieces));
    Stand patient = site.add(Stand.of("sh", 2, Stand::set));
    Instant closes = soon();
    site.policy("hz", "hz", "on", closing(closes));
    site.policy("sh", "sh", "on", closing(closes) + "whenWindowCloses: finish\n");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.awaitStates("sh", "PERMITTED", "PERMITTED");
    JsonNode open = Site.kind(site.status(), "hz", "data");
    assertThat(open.path("window").path("open").asBoolean()).isTrue();
    assertThat(open.path("window").path("nextChange").asText()).isEqualTo(closes.toString());
    assertThat(open.path("reason").asText()).contains("will be stopped");
    Typed then = site.type("plan", "-c", "hz", "--at", closes.plusSeconds(1).toString());
    assertThat(then.out()).contains("would send", "CANCEL BACKUP BACKUPSET");
    assertThat(stand.sent()).isEmpty();

    site.awaitStates("hz", "STOPPED", "STOPPED");
    site.awaitStates("sh", "PERMITTED", "STOPPED");
    assertThat(stand.hasJobs()).isFalse();
    assertThat(patient.sent()).isEmpty();
    assertThat(patient.hasSets()).isTrue();
    assertThat(Site.kind(site.status(), "sh", "data").path("reasonCode").asText())
        .isEqualTo("finishing");
    assertThat(site.events("-c", "hz"))
        .containsSubsequence("statement", "window_closed", "stop_proven");
    JsonNode first =
        site.history().stream()
            .filter(entry -> entry.path("event").asText().equals("statement"))
            .findFirst()
            .orElseThrow();
    Instant sent = Instant.parse(first.path("time").asText());
    assertThat(sent).isBetween(closes, closes.plusSeconds(2));
  }

  @Test
  void jobToAForeignPlaceIsStopped_andOneThatIsListedKeepsItsKindPermitted() {
    Stand foreign = site.add(Stand.of("hz", 1, Stand::set));
    Stand listed = site.add(Stand.of("sh", 2, Stand::set));
    site.policy("hz", "hz", "on", "destinations: [\"oss://dr-bucket/*\"]\n");
    site.policy("sh", "sh", "on", "destinations: [\"file:///data/nfs/*\"]\n");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(foreign.sent()).containsExactly("ALTER SYSTEM CANCEL BACKUP BACKUPSET");
    assertThat(foreign.hasSets()).isFalse();
    site.awaitStates("sh", "PERMITTED", "PERMITTED");
    assertThat(listed.sent()).isEmpty();
  }

  @Test
  void jobThatRunsTooLongIsStopped() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "hz", "on", "maxRuntime: 3s\n");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(stand.sent()).isEmpty();
    assertThat(site.events("-c", "hz")).doesNotContain("statement");
    Site.awaitThat("the job is stopped", () -> !stand.hasSets());
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(site.history().stream().map(entry -> entry.path("reason").asText()))
        .anyMatch(reason -> reason.contains("has run for 3 s, 3 s are allowed"));
  }
}
