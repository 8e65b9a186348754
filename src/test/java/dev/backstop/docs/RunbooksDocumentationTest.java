package dev.backstop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the alerts with their tests and with the pages that say what to do. */
class RunbooksDocumentationTest {

  private static final Path FOLDER = Path.of("docs", "runbooks");
  private static final Pattern ALERT =
      Pattern.compile(
          "- alert: (\\w+)\\n *expr: .*?(?:\\n *for: (\\w+))?\\n *labels: \\{severity: (\\w+)\\}\\n"
              + " *annotations:\\n *summary: .*?\\n *runbook: (\\S+)\\n",
          Pattern.DOTALL);

  private static List<MatchResult> alerts() throws IOException {
    String rules = Files.readString(Path.of("conf", "prometheus", "alerts.yaml"));
    List<MatchResult> alerts = ALERT.matcher(rules).results().toList();
    assertThat(alerts).hasSize(rules.split("- alert: ", -1).length - 1);
    return alerts;
  }

  static Stream<String> names() throws IOException {
    return alerts().stream().map(alert -> alert.group(1));
  }

  @Test
  void everyAlertIsListedWithItsSeverity() throws IOException {
    Document.of("docs/runbooks/README.md")
        .assertTable(
            "alerts",
            List.of("alert", "severity", "after"),
            alerts().stream().map(RunbooksDocumentationTest::row).toList());
  }

  private static List<String> row(MatchResult alert) {
    String after = alert.group(2) == null ? "at once" : alert.group(2);
    return List.of("[%1$s](%1$s.md)".formatted(alert.group(1)), alert.group(3), after);
  }

  @Test
  void everyAlertNamesItsPage_andThereIsNoOther() throws IOException {
    assertThat(alerts())
        .allSatisfy(
            alert ->
                assertThat(alert.group(4)).isEqualTo("docs/runbooks/" + alert.group(1) + ".md"));
    try (Stream<Path> pages = Files.list(FOLDER)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of("README.md"), names().map(name -> name + ".md")).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void pageSaysWhatToLookAtAndWhatToType(String name) {
    Document page = Document.of("docs/runbooks/" + name + ".md");

    assertThat(page.text()).startsWith("# " + name + "\n");
    assertThat(page.anchors()).containsSubsequence("look", "do", "it-ends");
    assertThat(page.blocks()).anyMatch(block -> block.language().equals("sh"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void alertIsTested_bothWhereItFiresAndWhereNot(String name) throws IOException {
    String tests = Files.readString(Path.of("conf", "prometheus", "alerts.test.yaml"));

    assertThat(tests)
        .containsPattern("alertname: " + name + "\\n *exp_alerts: \\[\\]")
        .containsPattern("alertname: " + name + "\\n *exp_alerts:\\n *- exp_labels: ");
  }
}
