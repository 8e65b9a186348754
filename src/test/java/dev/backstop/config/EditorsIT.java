package dev.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.LanguageServer;
import dev.backstop.testing.LanguageServer.Diagnostic;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drives the language server of VS Code and Vim with the schemas, on the files of the reader. */
@Needs(Need.YAML_LANGUAGE_SERVER)
@Timeout(60)
class EditorsIT {

  private static final Map<Path, String> SCHEMAS =
      Map.of(
          Path.of("policies/policy.schema.json"), "**/policies/**/*.yaml",
          Path.of("conf/conf.schema.json"), "**/conf/**/*.yaml");

  /** What no schema can see: other files, the calendar, bytes, and how a value is written. */
  private static final Set<String> UNSEEN =
      Set.of(
          "cluster-unknown.yaml",
          "cluster-unknown-without-suggestion.yaml",
          "clusters-all-unknown.yaml",
          "expect-twice.yaml",
          "merge-key.yaml",
          "name-from file.yaml",
          "notifications-name-twice.yaml",
          "not-utf-8.yaml",
          "only-a-comment.yaml",
          "schedule-never-fires.yaml",
          "tag-on-value.yaml",
          "tenants-octal.yaml",
          "timezone.yaml",
          "timezone-Asia-Beijing.yaml",
          "timezone-unknown.yaml",
          "two-documents.yaml");

  private static final Map<Path, String> OPEN = new HashMap<>();

  private static LanguageServer server;

  @BeforeAll
  static void start() throws IOException {
    server = LanguageServer.start("1.2", SCHEMAS);
    for (Path file : Stream.concat(badFiles().stream(), goodFiles().stream()).toList()) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      OPEN.put(file, server.open(file, text));
    }
  }

  @AfterAll
  static void end() {
    server.close();
  }

  static List<Path> badFiles() {
    List<Path> files = new ArrayList<>(BadFiles.in("policies/bad"));
    files.addAll(BadFiles.in("conf/bad"));
    return files;
  }

  static List<Path> goodFiles() {
    List<Path> files = new ArrayList<>(BadFiles.in("policies/good"));
    files.addAll(BadFiles.in("conf/good"));
    return files;
  }

  private static List<Diagnostic> underlined(Path file) throws IOException {
    return server.diagnostics(Objects.requireNonNull(OPEN.get(file)));
  }

  /**
   * A key that is missing is underlined at the mapping's own key, and a wrong indentation where it
   * begins: both may be a line above the reader's.
   */
  @ParameterizedTest
  @MethodSource("badFiles")
  void mistakeIsUnderlinedInItsLine(Path file) throws IOException {
    String expected = BadFiles.expected(file);
    List<Integer> lines = underlined(file).stream().map(Diagnostic::line).toList();
    int line = Integer.parseInt(expected.substring(0, expected.indexOf(':')));
    if (UNSEEN.contains(file.getFileName().toString())) {
      assertThat(lines).isEmpty();
    } else if (expected.contains(" is missing") || expected.contains(" is indented by ")) {
      assertThat(lines).containsAnyOf(line, line - 1);
    } else {
      assertThat(lines).contains(line);
    }
  }

  @ParameterizedTest
  @MethodSource("goodFiles")
  void goodFileIsClean(Path file) throws IOException {
    assertThat(underlined(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "yes", "ON", "Off"})
  void onlyOnAndOffAreTaken(String word) throws IOException {
    String text = "cluster: a\nsecondaryBackup: {data: " + word + ", log: off}\n";
    assertThat(server.diagnostics(Path.of("policies/a.yaml"), text))
        .singleElement()
        .satisfies(found -> assertThat(found.message()).contains("\"on\", \"off\""));
  }

  /** Where an editor reads YAML 1.1, a plain off is the same value as false: quotes tell them. */
  @Test
  void quotedWordsAreClean_inAnEditorThatReadsYamlAsBefore2009() throws IOException {
    try (LanguageServer old = LanguageServer.start("1.1", SCHEMAS)) {
      Path file = Path.of("policies/a.yaml");
      assertThat(old.diagnostics(file, "cluster: a\nsecondaryBackup: \"off\"\n")).isEmpty();
      for (String word : List.of("true", "false", "off", "on")) {
        assertThat(old.diagnostics(file, "cluster: a\nsecondaryBackup: " + word + "\n"))
            .singleElement()
            .satisfies(found -> assertThat(found.message()).contains("\"on\", \"off\""));
      }
    }
  }

  @Test
  void examplesFindTheSchemaBesideThem() throws IOException {
    try (LanguageServer bare = LanguageServer.start("1.2", Map.of())) {
      for (Path file : List.of(Path.of("policies/hz-prod.yaml"), Path.of("conf/backstop.yaml"))) {
        String text = Files.readString(file);
        assertThat(bare.diagnostics(file, text)).isEmpty();
        assertThat(bare.diagnostics(file, text + "colour: red\n"))
            .extracting(Diagnostic::message)
            .containsExactly("Property colour is not allowed.");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "policies/a.yaml; |; cluster clusters secondaryBackup backupWindow timezone",
        "policies/a.yaml; cluster: a\\nsecondaryBackup: |; \"on\" \"off\"",
        "policies/a.yaml; cluster: a\\nsecondaryBackup:\\n  |; data log",
        "policies/a.yaml; cluster: a\\nsecondaryBackup:\\n  data: |; \"on\" \"off\"",
        "policies/a.yaml; cluster: a\\nonDelete: |; stop hold forget",
        "policies/a.yaml; cluster: a\\nbackupWindow:\\n  - |; days from to",
        "policies/a.yaml; cluster: a\\ntimezone: |; Asia/Shanghai UTC",
        "conf/a.yaml; |; clusters clusterDefaults policies state http",
        "conf/a.yaml; mode: |; enforce observe",
        "conf/a.yaml; notifications:\\n  - template: |; slack dingtalk feishu wecom json",
        "conf/a.yaml; policies:\\n  |; directory settle deletionGrace maxStopsAtOnce",
        "conf/a.yaml; clusters:\\n  a:\\n    |; endpoints user passwordFile expect tls",
        "conf/a.yaml; clusters:\\n"
            + "  a:\\n"
            + "    tls: {mode: |}; disabled required verify-ca verify-full",
      })
  void keysAndValuesAreOffered(Path file, String text, String offered) throws IOException {
    assertThat(server.completions(file, text.replace("\\n", "\n")))
        .contains(offered.split(" ", -1));
  }
}
