package dev.backstop.metrics;

import dev.backstop.testing.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compares the documented metrics with those that {@link BackstopMetricsTest} sees exported. */
class MetricsDocumentationTest {

  @Test
  void everyMetricIsDocumentedWithItsLabelsAndNoOther() {
    Document.of("docs/reference.md")
        .assertTable(
            "metrics",
            List.of("metric", "type", "labels", "meaning"),
            Arrays.stream(Family.values()).map(MetricsDocumentationTest::row).toList());
  }

  private static List<String> row(Family family) {
    return List.of("`" + family.title() + "`", family.type().word(), labels(family), family.help());
  }

  private static String labels(Family family) {
    TreeSet<String> labels = new TreeSet<>();
    for (String name : exported()) {
      int brace = name.indexOf('{');
      String base = brace < 0 ? name : name.substring(0, brace);
      if (brace >= 0 && Family.owning(base).filter(family::equals).isPresent()) {
        labels.addAll(List.of(name.substring(brace + 1, name.length() - 1).split(",")));
      }
    }
    return String.join(", ", labels);
  }

  private static List<String> exported() {
    try (InputStream file = MetricsDocumentationTest.class.getResourceAsStream("names.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
