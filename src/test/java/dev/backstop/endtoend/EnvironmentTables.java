package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Types every verb in an environment, and compares what each comes to with tables of a test. */
abstract class EnvironmentTables {

  static final String REASON = "存储割接";

  static final Map<String, List<String>> VERBS = verbs();

  static List<String> words(String verb) {
    return Objects.requireNonNull(VERBS.get(verb), verb);
  }

  static Map<String, List<String>> verbs() {
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
  static final String USUAL =
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
  static final String AT_REST =
      """
      history    0 policy_added
      approve    1 no daemon of
      forget     1 no daemon of
      disarm     1 no daemon confirms
      arm        1 no daemon of
      apply      3 DISARMED
      """;

  static final String DENIED =
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

  static final String NOT_WRITABLE =
      """
      approve    1 check the owner and mode of the file and its folder
      forget     1 check the owner and mode of the file and its folder
      arm        1 check the owner and mode of the file and its folder
      disarm     1 check the owner and mode of the file and its folder
      apply      1 check the owner and mode of the file and its folder
      """;

  @TempDir Path temporary;
  Path folder;
  Site site;
  Environment environment;

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

  void daemon() {
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
  }

  void atRest() {
    assertThat(site.type("apply").code()).isZero();
  }

  static Map<String, String> rows(String... tables) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String table : tables) {
      table
          .lines()
          .forEach(line -> rows.put(line.split(" ", 2)[0], line.split(" ", 2)[1].stripLeading()));
    }
    return rows;
  }

  /** Types every verb; of several tables the last that has a verb counts. */
  void expect(String... tables) {
    List<Environment.Result> results = environment.typeAll(List.copyOf(VERBS.values()));
    Map<String, Environment.Result> found = new LinkedHashMap<>();
    for (String verb : VERBS.keySet()) {
      found.put(verb, results.get(found.size()));
    }
    assertTable(rows(tables), found);
  }

  static void assertTable(Map<String, String> rows, Map<String, Environment.Result> found) {
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
}
