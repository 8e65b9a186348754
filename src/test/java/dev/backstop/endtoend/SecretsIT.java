package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.simulator.cluster.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Plants secrets wherever they can come in, and searches everything that comes out. */
@Execution(ExecutionMode.CONCURRENT)
class SecretsIT {

  private static final String WRONG = "Wr0ng-Passw0rd-Planted";
  private static final String COMMENTED = "commented4ccessKeyPlanted";

  /** The keys are the ones of the profile. */
  private static final List<String> SECRETS =
      List.of(Stand.PASSWORD, WRONG, COMMENTED, "AKIDEXAMPLE", "s3cr3tAccessKeyExample");

  @TempDir private Path folder;
  private final Map<String, String> written = new LinkedHashMap<>();
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void type(String... arguments) {
    Typed typed = site.type(arguments);
    written.put(written.size() + " " + String.join(" ", arguments), typed.text());
  }

  private void typeEverything() {
    type("plan");
    type("plan", "-o", "json");
    type("status");
    type("status", "-o", "json");
    type("history");
    type("history", "-o", "json");
    type("doctor");
    type("validate");
  }

  @Test
  void noSecretComesOutAnywhere() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Profile.SECRETS));
    Stand refused = site.add(Stand.of("refused", 2, Stand::set));
    site.password("wrong", WRONG);
    site.cluster(
        "refused",
        "endpoints: ['%s'], user: root@sys, passwordFile: secrets/wrong, expect: {name: refused, id: 2}"
            .formatted(refused.simulator().endpoint()));
    String comment = "# access_key=" + COMMENTED + "\n";
    site.policy("hz", "hz", "on", comment);
    site.policy("refused", "refused", "off", comment);
    Launched run = site.closing(Launched.in(folder, Map.of("BACKSTOP_LOG", "DEBUG"), "run"));
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.awaitStates("refused", "UNKNOWN", "UNKNOWN");
    typeEverything();
    site.policy("hz", "hz", "off", comment);
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(stand.sent()).isNotEmpty();
    Site.write(
        site.policyFile("broken"),
        "cluster: hz\nsecondaryBackup: on\nlocation: 'oss://b?access_key=" + COMMENTED + "'\n");
    Site.awaitThat("the broken file", () -> site.status().toString().contains("broken.yaml"));
    typeEverything();
    type("apply", "--timeout", "3s");
    for (String page :
        List.of("", "metrics", "metrics.json", "readyz", "api/v1/status", "api/v1/history")) {
      written.put("/" + page, page(page));
    }
    run.terminate();
    written.put("log", run.err());
    written.put("out", run.out());
    storeFiles();

    assertThat(written.get("log")).isNotEmpty();
    assertThat(written.get("1 plan -o json")).contains("oss://");
    for (String secret : SECRETS) {
      assertThat(written)
          .allSatisfy((where, text) -> assertThat(text).as(where).doesNotContain(secret));
    }
  }

  @Test
  void aProgramGetsNoPasswordThatTheConfigurationTakesFromAVariable() throws Exception {
    site.add(Stand.of("hz", 1, Stand::set));
    String login = "endpoints: ['127.0.0.1:1'], user: root@sys, ";
    String print = "printenv SH_PASSWORD HTTPS_PROXY > ";
    site.cluster("sh", login + "passwordEnv: SH_PASSWORD");
    site.cluster("bj", login + "passwordCommand: [sh, -c, '" + print + "vault; echo pw']");
    site.setting("notifications", "[{name: dba, exec: [sh, -c, '" + print + "hook; :']}]");
    Map<String, String> environment = Map.of("SH_PASSWORD", WRONG, "HTTPS_PROXY", "proxy:3128");

    site.closing(Launched.in(folder, environment, "doctor")).awaitEnd();
    site.closing(Launched.in(folder, environment, "notify", "--test", "dba")).awaitEnd();

    assertThat(folder.resolve("vault")).hasContent("proxy:3128\n");
    assertThat(folder.resolve("hook")).hasContent("proxy:3128\n");
  }

  private String page(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(site.address() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private void storeFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("state"))) {
      assertThat(files.peek(this::readAsIs)).isNotEmpty();
    }
  }

  /** One byte is one character, so that nothing hides in what is no text. */
  private void readAsIs(Path file) {
    try {
      written.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
