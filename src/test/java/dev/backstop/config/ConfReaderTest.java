package dev.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.policy.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfReaderTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final ConfReader READER = new ConfReader("this-host", ZONE);
  private static final Path FILE = Path.of("/etc/backstop/conf/backstop.yaml");

  private static ConfReading read(String text) {
    return READER.read(FILE, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Settings good(String text) {
    ConfReading reading = read(text);
    assertThat(reading.problems()).isEmpty();
    return Objects.requireNonNull(reading.settings());
  }

  private static final String SHORTEST =
      """
      clusters:
        hz-prod:
          endpoints: [10.0.0.1:2881]
          user: root@sys
          passwordFile: secrets/hz-prod
      """;

  @Test
  @Timeout(20)
  void wordThatTheParserWouldTakeMinutesForIsRefused() {
    String text = SHORTEST + "    passwordEnv: " + "x".repeat(15 * 1024 * 1024) + "\n";

    assertThat(read(text).problems().stream().map(Problem::toString))
        .containsExactly(
            FILE
                + ":6:18: a word of more than 262144 characters begins here, which no honest file"
                + " has");
  }

  @Test
  void longLineOfShortWordsIsRead() {
    String clusters =
        IntStream.range(0, 2_000)
            .mapToObj(
                "\"c%1$s\":{\"endpoints\":[\"h%1$s:2881\"],\"user\":\"u\",\"passwordEnv\":\"P\"}"
                    ::formatted)
            .collect(Collectors.joining(","));

    assertThat(good("{\"clusters\":{" + clusters + "}}").clusters()).hasSize(2_000);
  }

  @Test
  void clustersAreEnough() {
    assertThat(good(SHORTEST))
        .isEqualTo(
            new Settings(
                FILE,
                List.of(),
                "this-host",
                Mode.ENFORCE,
                new FolderSettings(
                    Path.of("/etc/backstop/policies"),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30),
                    5),
                new ReconcileSettings(Duration.ofSeconds(30), ZONE, false, 16),
                new StateSettings("jdbc:sqlite:/etc/backstop/state/backstop.db", null, null),
                new HistorySettings(Duration.ofDays(400), 1L << 30),
                new HttpSettings("127.0.0.1", 9466),
                List.of(),
                List.of(
                    new ClusterSettings(
                        "hz-prod",
                        List.of(new Endpoint("10.0.0.1", 2881)),
                        "root@sys",
                        new Secret(Secret.Source.FILE, "/etc/backstop/secrets/hz-prod"),
                        new Tls(Tls.Mode.DISABLED, null),
                        null,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60)))));
  }

  @Test
  void everyKeyReachesTheSettings() {
    Settings settings =
        good(
            """
            daemon: backstop-1
            mode: observe
            policies: {directory: /srv/policies, settle: 1s, deletionGrace: 2m, maxStopsAtOnce: 0}
            reconcile: {every: 1m, timezone: UTC, parallelism: 4}
            state: {url: "jdbc:mysql://db:3306/backstop", user: backstop, passwordEnv: STATE_PW}
            history: {maxAge: 30d, maxSize: 500MiB}
            http: {listen: "[::1]:0"}
            notifications: []
            clusters:
              hz-prod:
                endpoints: [ob1.example:2881, "[fe80::1%eth0]:2883"]
                user: backstop@sys#hz
                passwordFile: credential:hz-prod
                tls: {mode: verify-full, ca: certs/ca.pem}
                expect: {name: hz, id: 7}
                connectTimeout: 500ms
                statementTimeout: 10s
            """);
    assertThat(settings)
        .isEqualTo(
            new Settings(
                FILE,
                List.of(),
                "backstop-1",
                Mode.OBSERVE,
                new FolderSettings(
                    Path.of("/srv/policies"), Duration.ofSeconds(1), Duration.ofMinutes(2), 0),
                new ReconcileSettings(Duration.ofMinutes(1), ZoneId.of("UTC"), true, 4),
                new StateSettings(
                    "jdbc:mysql://db:3306/backstop",
                    "backstop",
                    new Secret(Secret.Source.ENVIRONMENT, "STATE_PW")),
                new HistorySettings(Duration.ofDays(30), 500L << 20),
                new HttpSettings("::1", 0),
                List.of(),
                List.of(
                    new ClusterSettings(
                        "hz-prod",
                        List.of(
                            new Endpoint("ob1.example", 2881), new Endpoint("fe80::1%eth0", 2883)),
                        "backstop@sys#hz",
                        new Secret(Secret.Source.CREDENTIAL, "hz-prod"),
                        new Tls(Tls.Mode.VERIFY_FULL, Path.of("/etc/backstop/certs/ca.pem")),
                        new Expect("hz", 7),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(10)))));
  }

  @Test
  void variablesThatHoldPasswordsAreKnown_whoeverNamesThem() {
    Settings settings =
        good(
            """
            state: {url: "jdbc:mysql://db:3306/backstop", user: backstop, passwordEnv: STATE_PW}
            clusterDefaults: {user: backstop@sys, passwordEnv: FLEET_PW}
            clusters:
              a: {endpoints: [ob1:2881]}
              b: {endpoints: [ob2:2881], passwordEnv: B_PW}
              c: {endpoints: [ob3:2881], passwordFile: credential:NO_VARIABLE}
              d: {endpoints: [ob4:2881], passwordCommand: [NO_VARIABLE]}
            """);
    assertThat(settings.passwordVariables())
        .containsExactlyInAnyOrder("STATE_PW", "FLEET_PW", "B_PW");
    assertThat(good(SHORTEST).passwordVariables()).isEmpty();
  }

  @Test
  void relativePathsStartWhereTheFolderOfTheFileLies() {
    ConfReading reading =
        READER.read(Path.of("conf/backstop.yaml"), SHORTEST.getBytes(StandardCharsets.UTF_8));
    assertThat(Objects.requireNonNull(reading.settings()).folder().directory())
        .isEqualTo(Path.of("policies").toAbsolutePath());
  }

  static List<String> giants() {
    return List.of(
        "reconcile: {every: " + "9".repeat(200_000) + "}",
        "reconcile: {every: " + "1h".repeat(60_000) + "}",
        "reconcile: {timezone: " + "a_".repeat(100_000) + "}",
        "daemon: " + "a".repeat(200_000),
        "history: {maxSize: " + "9".repeat(200_000) + "GiB}",
        "http: {listen: '" + ":".repeat(200_000) + "'}",
        "state: {url: 'jdbc:mysql://h/d?" + "a=b&".repeat(50_000) + "'}",
        "state: {url: 'jdbc:mysql://" + "(   ".repeat(50_000) + "'}",
        "state: {url: 'jdbc:sqlite:" + "a".repeat(200_000) + "'}",
        "policies: {directory: " + "a/".repeat(100_000) + "}",
        "policies: {directory: " + "../".repeat(60_000) + "}",
        "mode: " + "a:".repeat(100_000));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("giants")
  @Timeout(5)
  void giantText_isReadOrRefusedAtOnceAndNotRepeated(String line) {
    ConfReading reading = read(SHORTEST + line + "\n");
    assertThat(reading.problems())
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.message()).hasSizeLessThan(500));
  }

  static List<Path> goodFiles() {
    return BadFiles.in("conf/good");
  }

  @ParameterizedTest
  @MethodSource("goodFiles")
  void goodFileIsRead(Path file) throws IOException {
    assertThat(READER.read(file, Files.readAllBytes(file)).problems()).isEmpty();
  }

  static List<Path> badFiles() {
    return BadFiles.in("conf/bad");
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  @Timeout(10)
  void badFileGetsItsMessage(Path file) throws IOException {
    String problems =
        READER.read(file, Files.readAllBytes(file)).problems().stream()
            .map(Problem::withoutFile)
            .collect(Collectors.joining(" | "));
    assertThat(problems).isEqualTo(BadFiles.expected(file));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void noMessageShowsAPassword(Path file) throws IOException {
    assertThat(READER.read(file, Files.readAllBytes(file)).problems().toString())
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!hunter2!x",
        "!hunter2",
        "!<hunter2>",
        "&hunter2",
        "&hunter2 x",
        "*hunter2",
        "%hunter2",
        "@hunter2",
        "`hunter2",
        "|hunter2",
        ">hunter2",
        "{hunter2",
        "[hunter2",
        "]hunter2",
        "\"hunter2",
        "'hunter2",
        "\"\\hunter2\"",
        "? hunter2",
        "- hunter2",
        "#hunter2",
        "[hunter2, hunter2]",
        "x\n  hunter2",
        "hunter2\t\u0001"
      })
  void passwordInTheWrongPlaceIsNeverShown_whateverItBeginsWith(String password) {
    for (String key : List.of("password", "passwordEnv", "passwordFile: credential", "tls")) {
      ConfReading reading = read(SHORTEST + "    " + key + ": " + password + "\n");
      assertThat(reading.problems()).as(key).isNotEmpty();
      assertThat(reading.problems().toString()).as(key).doesNotContain("hunter2");
    }
  }

  @Test
  void stateOnAServerMayAskForTls() {
    String url =
        "jdbc:mysql://[::1]:3306/backstop?sslMode=VERIFY_CA"
            + "&trustCertificateKeyStoreUrl=file:///etc/backstop/ca.p12";
    assertThat(good("state: {url: '" + url + "', user: b, passwordEnv: P}\n" + SHORTEST).state())
        .isEqualTo(new StateSettings(url, "b", new Secret(Secret.Source.ENVIRONMENT, "P")));
  }

  @Test
  void missingFileIsOneClearLine() {
    Path missing = Path.of("no/such/backstop.yaml");
    assertThat(READER.read(missing).problems())
        .singleElement()
        .hasToString(
            "no/such/backstop.yaml:1:1: there is no such file; name the configuration with --conf"
                + " FILE, or write one");
  }

  @Test
  void exampleShowsTheDefaults() throws IOException {
    Path example = Path.of("conf/backstop.yaml").toAbsolutePath();
    Settings shown = Objects.requireNonNull(READER.read(example).settings());
    Settings defaults =
        Objects.requireNonNull(
            READER.read(example, SHORTEST.getBytes(StandardCharsets.UTF_8)).settings());
    assertThat(shown).usingRecursiveComparison().ignoringFields("clusters").isEqualTo(defaults);
    assertThat(shown.cluster("hz-prod"))
        .get()
        .extracting(ClusterSettings::expect)
        .isEqualTo(new Expect("hz-prod", 1));
  }
}
