package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backstop.daemon.Running;
import dev.backstop.testing.Browser;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches a daemon at work on its status page, which is opened once and never loaded again. */
@Needs(Need.CHROMIUM)
class LivePageIT {

  private static final String MARKUP = "<b>night</b> <script>document.title='taken'</script>";

  @TempDir private Path folder;
  private Site site;
  private Running running;
  private Browser browser;

  @BeforeEach
  void open() {
    site = new Site(folder);
    site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.add(Stand.of("bj", 2, Stand::nothing));
    site.policy("hz", "hz", "on", "timezone: UTC\nbackupWindow: [{days: mon-sun}]\n");
    running = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    browser = Browser.start();
    browser.open(site.address());
  }

  @AfterEach
  void close() {
    browser.close();
    site.close();
  }

  private static void awaitThat(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  @Test
  void anEditIsSeenFromDriftToProof_andTheEndOfTheDaemonToo() {
    awaitThat(
        () ->
            assertThat(browser.text("#summary")).isEqualTo("2 clusters: 1 as wanted, 1 unmanaged"));
    assertThat(site.type("status").out().lines().findFirst()).contains(browser.text("#summary"));
    browser.click("[data-key='hz'] summary");
    assertThat(browser.text("[data-key='hz'] .body"))
        .contains(
            "PERMITTED",
            "backup set job",
            "piece job",
            "wanted (hz)",
            "file:///",
            "on hz",
            "Window\nopen")
        .doesNotContain("undefined");

    site.policy("hz", "off");

    awaitThat(
        () ->
            assertThat(browser.text("[data-key='hz'] .badges"))
                .contains("data STOPPED", "log STOPPED"));
    awaitThat(() -> assertThat(browser.count("[data-key='hz'] .wide .proven")).isEqualTo(2));
    assertThat(browser.count("[data-key='hz'] .wide .statement")).isEqualTo(3);
    assertThat(browser.text("[data-key='hz'] .body")).as("it stays open").contains("nothing runs");
    assertThat(browser.text("#history-table"))
        .contains("stop proven", "ALTER SYSTEM CANCEL BACKUP BACKUPSET");

    assertThat(site.type("disarm", "hz", "--reason", MARKUP).code()).isZero();
    Site.write(site.policyFile("<img src=x onerror=alert(1)>"), "cluster: <i>nowhere</i>\n");

    awaitThat(() -> assertThat(browser.text("#history-table")).contains("disarmed", MARKUP));
    awaitThat(
        () -> assertThat(browser.text("#decisions")).contains("hz by", MARKUP, "backstop arm hz"));
    awaitThat(
        () ->
            assertThat(browser.text("#policy-table"))
                .contains("<img src=x onerror=alert(1)>.yaml", "invalid"));
    assertThat(browser.count("main script, main img, main b, main i")).isZero();
    assertThat(browser.title()).doesNotContain("taken");
    assertThat(browser.complaints()).isEmpty();

    running.close();

    awaitThat(
        () ->
            assertThat(browser.text("#trouble"))
                .contains("The daemon does not answer.", "systemctl status backstop"));
    assertThat(browser.text("#age-of-all")).contains("Last answer", "ago", "as old as that");
    assertThat(browser.title()).startsWith("The daemon does not answer.");
    assertThat(browser.text("[data-key='hz'] .body")).contains("nothing runs");
    assertThat(browser.barriers()).isEmpty();
  }
}
