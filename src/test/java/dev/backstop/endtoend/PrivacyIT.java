package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Looks at a real process as another user of the machine would, and feeds it names that bite. */
@Execution(ExecutionMode.CONCURRENT)
class PrivacyIT {

  private static final String BITING =
      "a\u001b[31m\u001b[2J\u009b\u0085\u202e\u2028\nFAKE all is well";

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static Map<String, String> modes(Path below) throws IOException {
    Map<String, String> modes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(below)) {
      files.forEach(file -> modes.put(below.relativize(file).toString(), mode(file)));
    }
    return modes;
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whateverTheUmaskIs_nobodyElseReadsWhatTheDaemonKeeps() throws IOException {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Launched run = site.closing(Launched.openHanded(folder, "run"));
    site.awaitStates("hz", "PERMITTED", "PERMITTED");

    Map<String, String> modes = modes(folder.resolve("state"));

    assertThat(modes)
        .containsKeys("", "backstop.db", "backstop.db-wal", "backstop.db-shm", "backstop.db.run");
    assertThat(modes.remove("")).isEqualTo("rwx------");
    assertThat(modes.values()).containsOnly("rw-------");
    assertThat(run.terminate()).isEqualTo(143);
  }

  @Test
  void passwordOfTheEnvironmentOrOfSystemdWorksAndIsOnNoCommandLine() throws IOException {
    Stand first = site.add(Stand.of("hz", 1, Stand::set));
    Stand second = site.add(Stand.of("bj", 2, Stand::set));
    Path credentials = Files.createDirectory(folder.resolve("credentials"));
    Files.writeString(credentials.resolve("bj"), Stand.PASSWORD + "\n");
    reach(first, "passwordEnv: HZ_PASSWORD");
    reach(second, "passwordFile: 'credential:bj'");
    site.policy("hz", "off");
    site.policy("bj", "off");
    Map<String, String> environment =
        Map.of("HZ_PASSWORD", Stand.PASSWORD, "CREDENTIALS_DIRECTORY", credentials.toString());
    Launched run = site.closing(Launched.in(folder, environment, "run"));
    site.awaitStates("hz", "STOPPED", "STOPPED");
    site.awaitStates("bj", "STOPPED", "STOPPED");

    assertThat(run.commandLine()).contains("dev.backstop.cli.Backstop").doesNotContain("Passw0rd");
    assertThat(run.terminate()).isEqualTo(143);
    assertThat(run.err() + run.out()).doesNotContain("Passw0rd");
  }

  private void reach(Stand stand, String password) {
    site.cluster(
        stand.name(),
        "endpoints: ['%s'], user: root@sys, %s, expect: {name: %s, id: %d}"
            .formatted(stand.simulator().endpoint(), password, stand.name(), stand.id()));
  }

  @Test
  void nameOfAFileNeitherCommandsATerminalNorForgesALine() throws Exception {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Site.write(site.policyFile(BITING), "name: biting\ncluster: hz\nsecondaryBackup: on\n");
    Site.write(site.policyFile("b" + BITING), "cluster: [\n");
    Launched run = site.closing(Launched.in(folder, Map.of("BACKSTOP_LOG", "DEBUG"), "run"));
    Site.awaitThat("the daemon", () -> site.type("status", "-o", "json").out().contains("FAKE"));
    Map<String, String> written = new TreeMap<>();
    for (String verb :
        new String[] {"plan", "status", "history", "doctor", "validate", "status -o json"}) {
      Typed typed = site.type(verb.split(" "));
      written.put(verb, typed.text());
    }
    for (String page : new String[] {"", "readyz", "api/v1/status", "api/v1/history", "metrics"}) {
      written.put("/" + page, page(page));
    }
    assertThat(run.terminate()).isEqualTo(143);
    written.put("log", run.err());

    assertThat(written.get("log")).contains("FAKE");
    assertThat(written)
        .allSatisfy(
            (where, text) -> {
              assertThat(text).as(where).doesNotContain("\u001b", "\u009b", "\u0085", "\u202e");
              assertThat(text.lines()).as(where).noneMatch(line -> line.startsWith("FAKE"));
            });
  }

  private String page(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(site.address() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
