package dev.backstop.notification;

import static dev.backstop.notification.Examples.DATA;
import static dev.backstop.notification.Examples.LOG;
import static dev.backstop.notification.Examples.message;
import static dev.backstop.notification.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backstop.plan.State;
import dev.backstop.testing.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Compares the schema in the reference with messages. */
class MessageSchemaDocumentationTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void messagesAreWhatTheReferenceSays() throws Exception {
    String schema =
        Document.of("docs/reference.md").blocks().stream()
            .filter(block -> block.label().equals("schema"))
            .findFirst()
            .orElseThrow()
            .text();
    Message message =
        message(
            transition(DATA, null, State.STOPPING), transition(LOG, State.UNKNOWN, State.STOPPED));

    assertFits(JSON.readTree(WebhookForm.json(message)), JSON.readTree(schema));
  }

  /** Checks the words of JSON Schema that the reference uses. */
  private static void assertFits(JsonNode value, JsonNode schema) {
    List<String> keys = names(schema.path("properties"));
    List<String> types =
        schema.path("type").isArray()
            ? texts(schema.path("type"))
            : List.of(schema.path("type").asText());
    switch (value.getNodeType()) {
      case OBJECT -> {
        assertThat(types).containsExactly("object");
        assertThat(names(value)).isEqualTo(keys).isEqualTo(texts(schema.path("required")));
        keys.forEach(key -> assertFits(value.path(key), schema.path("properties").path(key)));
      }
      case ARRAY -> {
        assertThat(types).containsExactly("array");
        assertThat(value).isNotEmpty();
        value.forEach(item -> assertFits(item, schema.path("items")));
      }
      case STRING -> {
        if (schema.has("enum")) {
          assertThat(texts(schema.path("enum"))).contains(value.asText());
        } else {
          assertThat(types).contains("string");
        }
      }
      case BOOLEAN -> assertThat(types).containsExactly("boolean");
      case NULL -> assertThat(types).contains("null");
      default -> throw new AssertionError(value + " is described by nothing");
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
