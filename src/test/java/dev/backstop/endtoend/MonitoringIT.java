package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import dev.backstop.testing.Promtool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the alerts and the dashboard with Prometheus' own tool, and against a real scrape. */
class MonitoringIT extends SiteTestCase {

  private static final Path ALERTS = Path.of("conf", "prometheus", "alerts.yaml");
  private static final Path ALERT_TESTS = Path.of("conf", "prometheus", "alerts.test.yaml");
  private static final Path DASHBOARD = Path.of("conf", "grafana", "backstop.json");

  /** Labels that Prometheus adds. */
  private static final Set<String> ADDED = Set.of("job", "instance");

  private static final Pattern SERIES =
      Pattern.compile(
          "\\b((?:backstop|jvm|process)_[a-z_]+)(?:\\{((?:[a-z]+[=!~]+\"[^\"]*\"(?:, ?)?)*)\\})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z]+)(=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?\\}\\}");
  private static final Pattern LABEL_IN_TEMPLATE =
      Pattern.compile("\\$labels\\.([a-z]+)|\\{\\{([a-z]+)\\}\\}");

  /** An expression, and the text that names labels of its result. */
  private record Query(String expression, String text) {}

  @Test
  @Needs(Need.PROMTOOL)
  void alertsFireWhereTheyShould() throws Exception {
    assertThat(Promtool.run("check", "rules", ALERTS.toString())).contains("SUCCESS");
    assertThat(Promtool.run("test", "rules", ALERT_TESTS.toString())).contains("SUCCESS");
  }

  @Test
  @Needs(Need.PROMTOOL)
  void panelsHaveExpressionsThatPrometheusReads() throws Exception {
    List<Query> panels = panels();
    StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
    for (int i = 0; i < panels.size(); i++) {
      rules.append("      - record: panel_").append(i).append("\n        expr: '");
      rules.append(panels.get(i).expression()).append("'\n");
    }
    Path file = folder.resolve("panels.yaml");
    Files.writeString(file, rules);

    assertThat(Promtool.run("check", "rules", file.toString()))
        .contains("SUCCESS: " + panels.size() + " rules found");
  }

  @Test
  void alertsAndPanelsUseWhatAScrapeHas() throws Exception {
    site.add(Stand.of("hz", 1, Stand::setAndPieces));
    site.add(Stand.of("sh", 2, Stand::nothing));
    site.policy("hz", "on");
    site.policy("sh", "sh", "on", "timezone: UTC\nbackupWindow: [{from: '00:00', to: '23:59'}]\n");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    Site.awaitThat(
        "the window of sh is shown",
        () -> scrape().containsKey("backstop_backup_window_next_change_timestamp_seconds"));
    Map<String, Map<String, Set<String>>> scrape = scrape();

    assertThat(alerts()).hasSizeGreaterThan(14);
    assertThat(panels()).hasSizeGreaterThan(20);
    for (Query query : Stream.concat(alerts().stream(), panels().stream()).toList()) {
      assertKnown(query, scrape);
    }
  }

  private static void assertKnown(Query query, Map<String, Map<String, Set<String>>> scrape) {
    Set<String> labels = new TreeSet<>(ADDED);
    for (MatchResult series : SERIES.matcher(query.expression()).results().toList()) {
      assertThat(scrape).as(query.expression()).containsKey(series.group(1));
      Map<String, Set<String>> known = scrape.getOrDefault(series.group(1), Map.of());
      labels.addAll(known.keySet());
      String matchers = series.group(2) == null ? "" : series.group(2);
      for (MatchResult matcher : MATCHER.matcher(matchers).results().toList()) {
        assertThat(known).as(series.group()).containsKey(matcher.group(1));
        if (!matcher.group(3).startsWith("$")) {
          assertThat(known.getOrDefault(matcher.group(1), Set.of()))
              .as(series.group())
              .contains(matcher.group(3).split("\\|"));
        }
      }
    }
    assertThat(labels).as(query.expression()).containsAll(labelsNamedBy(query));
  }

  private static Set<String> labelsNamedBy(Query query) {
    Set<String> named = new TreeSet<>();
    for (MatchResult grouping : GROUPING.matcher(query.expression()).results().toList()) {
      Stream.of(grouping.group(1).split(",")).map(String::strip).forEach(named::add);
    }
    for (MatchResult template : TEMPLATE.matcher(query.text()).results().toList()) {
      for (MatchResult label : LABEL_IN_TEMPLATE.matcher(template.group()).results().toList()) {
        named.add(label.group(1) == null ? label.group(2) : label.group(1));
      }
    }
    named.remove("");
    return named;
  }

  /** Returns the labels of each metric with their values. */
  private Map<String, Map<String, Set<String>>> scrape() throws Exception {
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(site.address() + "metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
    Map<String, Map<String, Set<String>>> scrape = new TreeMap<>();
    page.body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> SERIES.matcher(line).results().limit(1))
        .forEach(
            series -> {
              Map<String, Set<String>> labels =
                  scrape.computeIfAbsent(series.group(1), none -> new TreeMap<>());
              String pairs = series.group(2) == null ? "" : series.group(2);
              MATCHER
                  .matcher(pairs)
                  .results()
                  .forEach(
                      pair ->
                          labels
                              .computeIfAbsent(pair.group(1), none -> new TreeSet<>())
                              .add(pair.group(3)));
            });
    return scrape;
  }

  private static List<Query> alerts() throws IOException {
    List<Query> alerts = new ArrayList<>();
    for (String alert : Pattern.compile("(?m)^ +- alert: ").split(Files.readString(ALERTS), -1)) {
      int expression = alert.indexOf("expr: ");
      if (expression > 0) {
        int end = alert.indexOf("labels: ");
        String text = alert.substring(expression + "expr: ".length(), end);
        alerts.add(
            new Query(
                text.replaceAll("(?m)^ +for: .*$", "").replaceAll("\\s+", " "),
                alert.substring(end)));
      }
    }
    return alerts;
  }

  private static List<Query> panels() throws IOException {
    List<Query> panels = new ArrayList<>();
    JsonNode dashboard = Site.json(Files.readString(DASHBOARD));
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        panels.add(new Query(target.path("expr").asText(), target.path("legendFormat").asText()));
      }
    }
    return panels;
  }
}
