package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backstop.kernel.Kernel;
import dev.backstop.kernel.OnKernel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon whose state store lies on a real OceanBase kernel. */
@OnKernel
class OceanBaseStateIT {

  private static final String PASSWORD = "Pl4nted-Passw0rd";
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private Site site = new Site(Path.of("target"));

  @BeforeEach
  void open() {
    String database = "state" + DATABASES.incrementAndGet();
    Kernel.shared()
        .execute(
            "CREATE DATABASE " + database,
            "CREATE USER IF NOT EXISTS state IDENTIFIED BY '" + PASSWORD + "'",
            "GRANT ALL ON " + database + ".* TO state");
    site = new Site(folder);
    site.password("state", PASSWORD);
    site.setting(
        "state",
        "{url: 'jdbc:mysql://127.0.0.1:%d/%s', user: state, passwordFile: secrets/state}"
            .formatted(Kernel.shared().port(), database));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void stopIsProven_andSurvivesAKillAndARestart() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "off");
    Launched first = started();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    first.kill();
    started();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(stand.name()).isEqualTo("hz");
    assertThat(site.events("--since", "1h")).contains("stop_proven");
  }

  @Test
  void secondRunEndsWith75WhileTheFirstLives_andTakesOverWithinThirtySecondsOfItsKill() {
    site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "on");
    Launched first = started();
    Launched second = site.closing(Launched.in(folder, Map.of(), "run"));
    assertThat(second.awaitEnd()).isEqualTo(75);
    assertThat(second.err()).contains("another backstop run works on this state store");
    first.kill();
    long killed = System.nanoTime();
    started();
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void runThatEndedInOrderIsFollowedAtOnce() {
    site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "on");
    assertThat(started().terminate()).isEqualTo(143);
    long ended = System.nanoTime();
    started();
    assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(Duration.ofSeconds(14));
  }

  @Test
  void storeThatHangsShowsInReadyz_andItsReturnToo() {
    site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.policy("hz", "on");
    started();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    String ready = site.address() + "readyz";
    awaitCode(ready, 200, Duration.ofSeconds(30));
    Kernel.shared().signal("STOP");
    try {
      awaitCode(ready, 503, Duration.ofSeconds(20));
    } finally {
      Kernel.shared().signal("CONT");
    }
    awaitCode(ready, 200, Duration.ofSeconds(40));
  }

  private static void awaitCode(String page, int code, Duration atMost) {
    await(page + " is " + code)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(() -> code(page) == code);
  }

  private static int code(String page) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(page)).timeout(Duration.ofSeconds(5)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Starts the daemon and waits until it works. */
  private Launched started() {
    Launched run = site.closing(Launched.in(folder, Map.of(), "run"));
    await("the daemon is up")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !run.isAlive() || run.err().contains(" started, pages on "));
    assertThat(run.isAlive()).as(run.err()).isTrue();
    return run;
  }
}
