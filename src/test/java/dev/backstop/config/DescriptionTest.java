package dev.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {

  @Test
  void schemasBesideTheExamplesAreTheOnesOfTheProgram() throws IOException {
    assertThat(Path.of("policies/policy.schema.json"))
        .content()
        .isEqualTo(Description.policySchema());
    assertThat(Path.of("conf/conf.schema.json")).content().isEqualTo(Description.confSchema());
    assertThat(Files.readString(Path.of("policies/hz-prod.yaml"))).contains("policy.schema.json");
  }

  /** The names of areas are written out in the pattern; those of cities change every year. */
  @Test
  void editorTakesEveryZoneThatTheReaderTakes() {
    Pattern zone =
        Pattern.compile(text(Description.policySchema(), "/properties/timezone/pattern"));
    assertThat(ZoneId.getAvailableZoneIds()).hasSizeGreaterThan(400).allMatch(zone.asPredicate());
    assertThat(List.of("+8", "+08:00", "-0330", "UTC+8", "GMT-03:30", "UT", "Z"))
        .allMatch(zone.asPredicate());
    assertThat(text(Description.confSchema(), "/properties/reconcile/properties/timezone/pattern"))
        .isEqualTo(zone.pattern());
  }

  /** The mappings that a section's example shows are read as they stand. */
  @ParameterizedTest
  @ValueSource(strings = {"policies", "reconcile", "state", "history", "http", "notifications"})
  void exampleOfAKeyIsAValueOfIt(String key) {
    String text =
        "clusters: %s\n%s: %s\n"
            .formatted(Description.CONF.example("clusters"), key, Description.CONF.example(key));
    ConfReading reading =
        new ConfReader("host", ZoneOffset.UTC)
            .read(Path.of("/conf/backstop.yaml"), text.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems().stream().map(Problem::message).collect(Collectors.joining()))
        .isEmpty();
  }

  private static String text(String json, String pointer) {
    return Json.read(json, JsonNode.class).at(pointer).asText();
  }
}
