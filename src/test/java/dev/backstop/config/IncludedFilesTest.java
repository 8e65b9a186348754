package dev.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration of several files, and what its clusters share. */
class IncludedFilesTest {

  private static final String DEFAULTS =
      """
      include: [clusters.d/*.yaml]
      clusterDefaults:
        user: backstop@sys
        passwordFile: secrets/{cluster}
        tls: {mode: required}
        statementTimeout: 20s
      """;

  /** Nine mebibytes. */
  private static final String COMMENTS = ("#".repeat(1023) + "\n").repeat(9 << 10);

  @TempDir private Path home;

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(home.resolve("conf"));
    Files.createDirectories(home.resolve("clusters.d"));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(home.resolve(file), text);
  }

  private ConfReading read() {
    return new ConfReader("host", ZoneOffset.UTC).read(home.resolve("conf/backstop.yaml"));
  }

  private Settings good() {
    ConfReading reading = read();
    assertThat(reading.problems()).isEmpty();
    return Objects.requireNonNull(reading.settings());
  }

  private List<String> problems() {
    return read().problems().stream()
        .map(problem -> problem.toString().replace(home + "/", ""))
        .toList();
  }

  private static String cluster(String name) {
    return "  " + name + ": {endpoints: [10.0.0.1:2881]}\n";
  }

  @Test
  void clustersOfSeveralFilesTakeWhatTheyDoNotSayFromTheDefaults() throws IOException {
    write("conf/backstop.yaml", DEFAULTS + "clusters:\n" + cluster("own"));
    write("clusters.d/b.yaml", "clusters:\n" + cluster("hz-2"));
    write("clusters.d/a.yaml", "clusters:\n" + cluster("hz-1"));
    write("clusters.d/a.yaml.txt", "not read");
    write("clusters.d/.#a.yaml", "an editor's file, not read");

    Settings settings = good();

    assertThat(settings.clusterNames()).containsExactlyInAnyOrder("own", "hz-1", "hz-2");
    assertThat(settings.includes())
        .containsExactly(home.resolve("clusters.d/a.yaml"), home.resolve("clusters.d/b.yaml"));
    ClusterSettings one = settings.cluster("hz-1").orElseThrow();
    assertThat(one.user()).isEqualTo("backstop@sys");
    assertThat(one.password())
        .isEqualTo(new Secret(Secret.Source.FILE, home.resolve("secrets/hz-1").toString()));
    assertThat(one.tls().mode()).isEqualTo(ClusterSettings.Tls.Mode.REQUIRED);
    assertThat(one.statementTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(one.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void keyOfTheClusterWinsOverTheDefaults() throws IOException {
    write(
        "conf/backstop.yaml",
        DEFAULTS
            + """
            clusters:
              own:
                endpoints: [10.0.0.1:2881]
                user: root@sys
                passwordEnv: OWN
                tls: {mode: disabled}
                statementTimeout: 5s
              unit: {endpoints: [10.0.0.2:2881], passwordFile: "credential:{cluster}"}
            """);

    Settings settings = good();

    ClusterSettings own = settings.cluster("own").orElseThrow();
    assertThat(own.user()).isEqualTo("root@sys");
    assertThat(own.password()).isEqualTo(new Secret(Secret.Source.ENVIRONMENT, "OWN"));
    assertThat(own.tls().mode()).isEqualTo(ClusterSettings.Tls.Mode.DISABLED);
    assertThat(own.statementTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.cluster("unit").orElseThrow().password())
        .isEqualTo(new Secret(Secret.Source.CREDENTIAL, "unit"));
  }

  @Test
  void programThatPrintsThePasswordKnowsTheCluster() throws IOException {
    write(
        "conf/backstop.yaml",
        """
        clusterDefaults: {user: u, passwordCommand: [vault, get, get, "ob/{cluster}"]}
        clusters:
          hz: {endpoints: [10.0.0.1:2881]}
          sh: {endpoints: [10.0.0.2:2881], passwordCommand: ["bin/{cluster}.sh"]}
        """);

    assertThat(good().cluster("hz").orElseThrow().password())
        .isEqualTo(new Secret(Secret.Source.COMMAND, "vault", List.of("get", "get", "ob/hz")))
        .hasToString("passwordCommand vault");
    assertThat(good().cluster("sh").orElseThrow().password())
        .isEqualTo(new Secret(Secret.Source.COMMAND, home.resolve("bin/sh.sh").toString()));
  }

  @Test
  void nameInTwoFilesIsAMistakeThatNamesBothPlaces() throws IOException {
    write("conf/backstop.yaml", DEFAULTS + "clusters:\n" + cluster("hz"));
    write("clusters.d/a.yaml", "clusters:\n" + cluster("sh") + cluster("hz"));

    assertThat(problems())
        .containsExactly(
            "clusters.d/a.yaml:3:3: cluster 'hz' is there already, in conf/backstop.yaml:8:3;"
                + " keep one");
  }

  @Test
  void mistakesOfAllFilesComeAtOnceEachWithItsFile() throws IOException {
    write("conf/backstop.yaml", "mode: of\n" + DEFAULTS);
    write("clusters.d/a.yaml", "mode: observe\nclusters:\n" + cluster("hz"));
    write("clusters.d/b.yaml", "clusters:\n  sh: {}\n");
    write("clusters.d/c.yaml", "");

    assertThat(problems())
        .containsExactly(
            "conf/backstop.yaml:1:7: mode must be one of enforce, observe, not 'of'",
            "clusters.d/a.yaml:1:1: 'mode' is not a key here; allowed are clusters",
            "clusters.d/b.yaml:2:7: clusters.sh.endpoints is missing; write for example:"
                + " endpoints: [10.0.0.1:2881]",
            "clusters.d/c.yaml:1:1: the file is empty");
  }

  @Test
  void mistakeOfTheDefaultsIsToldOnceAndNotOfEachCluster() throws IOException {
    write(
        "conf/backstop.yaml",
        "clusterDefaults: {user: 1, passwordEnv: A-B, connectTimeout: 5, expect: {}}\nclusters:\n"
            + cluster("a")
            + cluster("b"));

    assertThat(problems())
        .containsExactly(
            "conf/backstop.yaml:1:41: clusterDefaults.passwordEnv must be the name of an"
                + " environment variable: letters, digits and underscores",
            "conf/backstop.yaml:1:62: clusterDefaults.connectTimeout must be a duration such as"
                + " 500ms, 10s, 5m, 2h or 1d, not '5': add a unit",
            "conf/backstop.yaml:1:65: clusterDefaults.expect is not a key here; every cluster has"
                + " a name and id of its own");
  }

  /** A folder that can't be listed must not look like one whose clusters were all removed. */
  @Test
  void folderOrFileThatIsNotThereIsAMistake() throws IOException {
    write(
        "conf/backstop.yaml", "include: [none.d/*.yaml, one.yaml, '*.d/a.yaml', conf/back*.yaml]");

    assertThat(problems())
        .containsExactly(
            "conf/backstop.yaml:1:10: include 'conf/back*.yaml' also fits this file itself",
            "conf/backstop.yaml:1:11: include: an item names a folder that is not there: none.d",
            "conf/backstop.yaml:1:26: include: an item names a file that is not there: one.yaml",
            "conf/backstop.yaml:1:36: include: an item must have * and ? in the file's name alone,"
                + " not in that of a folder: '*.d/a.yaml'");
  }

  @Test
  void fileThatIncludesItselfOrNothingIsAMistake() throws IOException {
    write("conf/backstop.yaml", "include: [conf/*.yaml]");

    assertThat(problems())
        .containsExactly(
            "conf/backstop.yaml:1:10: include 'conf/*.yaml' also fits this file itself");
    write("conf/backstop.yaml", "include: [clusters.d/*.yaml]");
    assertThat(problems())
        .containsExactly(
            "conf/backstop.yaml:1:10: include brings no cluster, and clusters has none; describe"
                + " one");
  }

  @Test
  void includedFilesAreReadAgainEachTime() throws IOException {
    write("conf/backstop.yaml", DEFAULTS);
    write("clusters.d/a.yaml", "clusters:\n" + cluster("hz"));
    assertThat(good().clusterNames()).containsExactly("hz");

    write("clusters.d/b.yaml", "clusters:\n" + cluster("sh"));
    assertThat(good().clusterNames()).containsExactlyInAnyOrder("hz", "sh");
  }

  @Test
  void thousandsOfClustersAreRead_andSixteenMebibytesTogetherAreTheLimit() throws IOException {
    StringBuilder many = new StringBuilder("clusters:\n");
    for (int number = 0; number < 10_000; number++) {
      many.append(cluster("hz-" + number));
    }
    write("conf/backstop.yaml", DEFAULTS + COMMENTS + many);
    write("clusters.d/a.yaml", "clusters:\n" + cluster("sh"));
    assertThat(good().clusters()).hasSize(10_001);

    write("clusters.d/a.yaml", "clusters:\n" + cluster("sh") + COMMENTS);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("clusters.d/a.yaml:")
        .endsWith(
            "the configuration has more than 16 MiB together with the files that it includes");
  }
}
