package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Types every verb in every environment that surprised somebody. What each comes to is one table:
 * the verb, its exit code and a text that it must write.
 */
@Execution(ExecutionMode.CONCURRENT)
class EnvironmentsIT {

  private static final String REASON = "存储割接";

  private static final Map<String, List<String>> VERBS = verbs();

  private static List<String> words(String verb) {
    return Objects.requireNonNull(VERBS.get(verb), verb);
  }

  private static Map<String, List<String>> verbs() {
    Map<String, List<String>> verbs = new LinkedHashMap<>();
    verbs.put("--version", List.of("--version"));
    verbs.put("schema", List.of("schema", "policy"));
    verbs.put("completion", List.of("completion"));
    verbs.put("validate", List.of("validate"));
    verbs.put("status", List.of("status"));
    verbs.put("history", List.of("history"));
    verbs.put("doctor", List.of("doctor"));
    verbs.put("plan", List.of("plan"));
    verbs.put("approve", List.of("approve", "all-gone-00000000", "--reason", REASON));
    verbs.put("forget", List.of("forget", "hz", "--reason", REASON));
    verbs.put("disarm", List.of("disarm", "hz", "--reason", REASON));
    verbs.put("arm", List.of("arm", "hz"));
    verbs.put("apply", List.of("apply", "--timeout", "20s"));
    return verbs;
  }

  /** With a daemon, by its own user. */
  private static final String USUAL =
      """
      --version  0 backstop
      schema     0 "title"
      completion 0 complete
      validate   0 1 policy valid
      status     0 PERMITTED
      history    0 daemon_started
      doctor     0 All is well
      plan       0 PERMITTED
      approve    1 no held set has the id
      forget     1 has a file
      disarm     0 disarmed hz
      arm        0 armed hz
      apply      0 Done
      """;

  /** Without a daemon, after apply. */
  private static final String AT_REST =
      """
      history    0 policy_added
      approve    1 no daemon of
      forget     1 no daemon of
      disarm     1 no daemon confirms
      arm        1 no daemon of
      apply      3 DISARMED
      """;

  private static final String DENIED =
      """
      status     1 permission denied
      history    1 permission denied
      doctor     1 permission denied
      plan       1 permission denied
      approve    1 permission denied
      forget     1 permission denied
      disarm     1 permission denied
      arm        1 permission denied
      apply      1 permission denied
      """;

  private static final String NOT_WRITABLE =
      """
      approve    1 check the owner and mode of the file and its folder
      forget     1 check the owner and mode of the file and its folder
      arm        1 check the owner and mode of the file and its folder
      disarm     1 check the owner and mode of the file and its folder
      apply      1 check the owner and mode of the file and its folder
      """;

  @TempDir private Path temporary;
  private Path folder;
  private Site site;
  private Environment environment;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectory(temporary.resolve("site"));
    for (Path path : List.of(temporary, folder)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    site = new Site(folder);
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    environment = new Environment(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void daemon() {
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
  }

  private void atRest() {
    assertThat(site.type("apply").code()).isZero();
  }

  private static Map<String, String> rows(String... tables) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String table : tables) {
      table
          .lines()
          .forEach(line -> rows.put(line.split(" ", 2)[0], line.split(" ", 2)[1].stripLeading()));
    }
    return rows;
  }

  /** Types every verb; of several tables the last that has a verb counts. */
  private void expect(String... tables) {
    List<Environment.Result> results = environment.typeAll(List.copyOf(VERBS.values()));
    Map<String, Environment.Result> found = new LinkedHashMap<>();
    for (String verb : VERBS.keySet()) {
      found.put(verb, results.get(found.size()));
    }
    assertTable(rows(tables), found);
  }

  private static void assertTable(Map<String, String> rows, Map<String, Environment.Result> found) {
    List<String> wrong = new ArrayList<>();
    found.forEach(
        (verb, result) -> {
          String[] row = Objects.requireNonNull(rows.get(verb), verb).split(" ", 2);
          boolean isRight =
              result.code() == Integer.parseInt(row[0])
                  && (row.length == 1 || result.text().contains(row[1]))
                  && !result.text().contains("\tat ")
                  && !result.text().contains(Stand.PASSWORD);
          if (!isRight) {
            wrong.add("%s: not %s but %s".formatted(verb, rows.get(verb), result));
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void usually() {
    daemon();
    expect(USUAL);
    assertThat(site.history().toString()).contains(REASON);
  }

  @Test
  void withoutHome() {
    daemon();
    environment.without("HOME").without("USER").without("XDG_RUNTIME_DIR");
    expect(USUAL);
  }

  @ParameterizedTest
  @Needs(Need.LOCALES)
  @CsvSource({
    "tr_TR, UTF-8, UTF-8",
    "th_TH, UTF-8, UTF-8",
    "fa_IR, UTF-8, UTF-8",
    "zh_CN, GB18030, GB18030",
    "C, '', ISO-8859-1"
  })
  void inLocale(String name, String encoding, String charset) throws Exception {
    daemon();
    if (!encoding.isEmpty()) {
      Path made = Files.createDirectory(temporary.resolve("locales"));
      new ProcessBuilder(
              "localedef",
              "--no-archive",
              "-i",
              name,
              "-f",
              encoding,
              made.resolve(name + "." + encoding).toString())
          .start()
          .waitFor();
      assertThat(made).isNotEmptyDirectory();
      environment.with("LOCPATH", made.toString());
    }
    environment
        .with("LC_ALL", encoding.isEmpty() ? name : name + "." + encoding)
        .in(Charset.forName(charset));
    expect(USUAL);
    assertThat(site.history().toString()).contains(REASON);
  }

  @Test
  void withoutAStateFolder() {
    expect(
        USUAL,
        """
        status     0 there is no state store yet
        history    0 there is no state store yet
        approve    1 there is no state store
        forget     1 there is no state store
        disarm     1 there is no state store
        arm        1 there is no state store
        """);
  }

  @Test
  void stateFolderMovedAwayUnderTheDaemon() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      site.setting("http", "{listen: '127.0.0.1:" + free.getLocalPort() + "'}");
    }
    daemon();
    Files.move(folder.resolve("state"), folder.resolve("away"));
    String gone = "answers, so a daemon may run whose store was moved";
    expect(
        USUAL,
        """
        status     1 %1$s
        history    1 %1$s
        doctor     1 %1$s
        plan       1 %1$s
        approve    1 %1$s
        forget     1 %1$s
        disarm     1 %1$s
        arm        1 %1$s
        apply      1 %1$s
        """
            .formatted(gone));
    assertThat(folder.resolve("state")).doesNotExist();
  }

  private void asNobody() throws Exception {
    environment
        .by("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")
        .from(Environment.copyClasses(temporary.resolve("classes")));
  }

  /** The store's owner is another one, who lets nobody in. */
  @Test
  @Needs(Need.ROOT)
  void byAUserWhoMayNotEnterTheStateFolder() throws Exception {
    daemon();
    asNobody();
    shell("chmod 700 state; chmod 644 secrets/right; chmod 777 .");
    expect(USUAL, DENIED);
    assertThat(environment.type(List.of("status")).text()).contains("sudo -u root backstop status");
  }

  @Test
  @Needs(Need.ROOT)
  void withAStateFolderThatItsOwnUserMayNotEnter() throws Exception {
    atRest();
    asNobody();
    shell("chown -R 65534:65534 .; chmod 000 state");
    expect(USUAL, DENIED);
    shell("chmod 700 state; chmod 000 state/backstop.db");
    expect(USUAL, DENIED);
  }

  @Test
  @Needs(Need.ROOT)
  void withAReadOnlyStateFolder() throws Exception {
    atRest();
    asNobody();
    shell("chown -R 65534:65534 .; chmod 555 state");
    expect(USUAL, AT_REST, NOT_WRITABLE);
  }

  @Test
  @Needs(Need.ROOT)
  void withAStateFolderOfSomebodyElseThatAllMayRead() throws Exception {
    atRest();
    asNobody();
    shell("chown -R 65534:65534 .; chown -R 0:0 state; chmod 755 state; chmod 644 state/*");
    expect(USUAL, AT_REST, NOT_WRITABLE);
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  @Needs(Need.ROOT)
  void withATemporaryFolderThatRunsNoPrograms_orIsReadOnly_orMissing() {
    daemon();
    Path other = folder.resolve("tmp");
    environment.option("-Djava.io.tmpdir=" + other);
    assertThat(environment.type(List.of("status")).code()).isZero();
    for (String how : List.of("ro", "noexec")) {
      environment.by(
          "unshare",
          "-m",
          "sh",
          "-c",
          "mkdir -p tmp && mount -t tmpfs -o " + how + " tmpfs tmp && exec \"$@\"",
          "sh");
      assertThat(environment.type(List.of("status")).text()).contains("PERMITTED");
    }
    expect(USUAL);
  }

  @Test
  @Needs(Need.ROOT)
  void withNoFolderThatRunsPrograms() {
    atRest();
    Path other = folder.resolve("tmp");
    environment
        .option("-Djava.io.tmpdir=" + other)
        .by(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mkdir -p tmp; for f in tmp /var/tmp /dev/shm; do"
                + " mount -t tmpfs -o noexec tmpfs $f; done;"
                + " mount --bind state state; mount -o remount,bind,noexec state; exec \"$@\"",
            "sh");
    String repair = "BACKSTOP_JAVA_OPTS=-Djava.io.tmpdir=FOLDER";
    expect(
        USUAL,
        Arrays.stream(DENIED.split("\n"))
            .map(line -> line.replace("permission denied", repair) + "\n")
            .reduce("", String::concat));
  }

  @Test
  void withAStandardOutputThatIsFull() {
    daemon();
    environment.by("sh", "-c", "exec \"$@\" >/dev/full", "sh");
    assertThat(environment.typeAll(List.copyOf(VERBS.values())))
        .allSatisfy(result -> assertThat(result.code()).isEqualTo(1));
    assertThat(environment.type(List.of("status")).text())
        .contains("the output can't be written: No space left on device");
  }

  @Test
  void withAStandardOutputThatIsClosed() {
    daemon();
    environment.by("sh", "-c", "exec \"$@\" >&-", "sh");
    for (String verb : List.of("--version", "status", "history")) {
      Environment.Result result = environment.type(words(verb));
      assertThat(result.code()).as(verb).isEqualTo(1);
      assertThat(result.text()).contains("the output can't be written");
    }
  }

  /** What is shown arrives; a message that does not is an error. */
  @Test
  void withAStandardErrorThatIsFull() {
    daemon();
    environment.by("sh", "-c", "exec \"$@\" 2>/dev/full", "sh");
    expect(
        USUAL,
        """
        approve    1
        forget     1
        apply      1 Done
        """);
  }

  @Test
  void withAStandardErrorThatIsClosed() {
    daemon();
    environment.by("sh", "-c", "exec \"$@\" 2>&-", "sh");
    assertThat(environment.type(words("status")).code()).isZero();
    assertThat(environment.type(words("approve")).code()).isEqualTo(1);
  }
}
