package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.daemon.Running;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Asks a daemon whose store is there but unreadable whether it is ready. */
@Execution(ExecutionMode.CONCURRENT)
class LostStoreIT {

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Site site;
  private int port;

  @BeforeEach
  void open() throws IOException {
    site = new Site(folder);
    // History, which tells the address else, can't be read either.
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    site.setting("http", "{listen: '127.0.0.1:" + port + "'}");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + port + "/" + path);
    return client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Somebody copied over it, or the disk did. */
  @Test
  void storeThatIsDamagedInUseHoldsEverything_untilItIsSetAside() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    Path store = folder.resolve("state/backstop.db");
    Files.write(store, new byte[64 * 1024]);
    site.policy("hz", "off");
    Site.awaitThat(
        "the hold",
        () -> ask("metrics").body().contains("backstop_held{reason=\"store_unreadable\"} 1\n"));
    assertThat(ask("readyz").body()).contains("backstop approve store-unreadable --reason R");
    assertThat(ask("metrics").body())
        .contains("backstop_state{cluster=\"hz\",kind=\"data\",state=\"HELD\"} 1\n");
    assertThat(stand.sent()).isEmpty();

    Typed approve = site.type("approve", "store-unreadable", "--reason", "copied over");
    assertThat(approve.code()).as(approve.text()).isZero();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(stand.hasSets()).isFalse();
  }

  /** A restored file, or a mount that came late, ends the hold without anybody's approval. */
  @Test
  void storeThatPassesItsCheckAgainIsTakenUp_andNothingStaysHeldForIt() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Running first = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(site.type("disarm", "hz", "--reason", "kept").code()).isZero();
    first.close();
    Path store = folder.resolve("state/backstop.db");
    byte[] good = Files.readAllBytes(store);
    Files.write(store, new byte[64 * 1024]);
    site.run();
    String held = "backstop_held{reason=\"store_unreadable\"} ";
    Site.awaitThat("the hold", () -> ask("metrics").body().contains(held + "1\n"));

    Files.write(store, good);
    Site.awaitThat("its end", () -> ask("metrics").body().contains(held + "0\n"));
    Site.awaitThat("readiness", () -> ask("readyz").statusCode() == 200);
    assertThat(site.events()).contains("store_restored").doesNotContain("store_replaced");
    site.policy("hz", "off");
    site.awaitData("hz", "DISARMED");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void daemonIsNotReadyAndSaysWhy_untilTheStoreIsReplaced() throws Exception {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Path state = Files.createDirectories(folder.resolve("state"));
    Files.writeString(state.resolve("backstop.db"), "no database, and it never was one");
    site.run();
    Site.awaitThat("the hold", () -> ask("metrics").body().contains("backstop_store_writable 0\n"));
    assertThat(ask("readyz").statusCode()).isEqualTo(503);
    assertThat(ask("readyz").body())
        .contains(
            "the state store", "fails its check", "backstop approve store-unreadable --reason R");
    assertThat(ask("livez").statusCode()).isEqualTo(200);

    Typed approve = site.type("approve", "store-unreadable", "--reason", "disk fault");
    assertThat(approve.code()).as(approve.text()).isZero();
    Site.awaitThat("readiness", () -> ask("readyz").statusCode() == 200);
    assertThat(ask("metrics").body()).contains("backstop_store_writable 1\n");
  }
}
