package dev.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemasTest {

  private static List<String> keys(String schema, String pointer) throws IOException {
    JsonNode properties = new ObjectMapper().readTree(schema).at(pointer + "/properties");
    List<String> keys = new ArrayList<>();
    properties.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void policySchemaKnowsTheKeysOfTheReader() throws IOException {
    assertThat(keys(Schemas.policy(), "")).containsExactlyElementsOf(Keys.POLICY.allowed());
    assertThat(keys(Schemas.policy(), "/properties/secondaryBackup/anyOf/1"))
        .containsExactlyElementsOf(Keys.WISHES.allowed());
  }

  @Test
  void confSchemaKnowsTheKeysOfTheReader() throws IOException {
    String conf = Schemas.conf();
    String cluster = "/properties/clusters/additionalProperties";
    assertThat(keys(conf, "")).containsExactlyElementsOf(Keys.CONF.allowed());
    assertThat(keys(conf, "/properties/policies"))
        .containsExactlyElementsOf(Keys.POLICIES.allowed());
    assertThat(keys(conf, "/properties/reconcile"))
        .containsExactlyElementsOf(Keys.RECONCILE.allowed());
    assertThat(keys(conf, "/properties/state")).containsExactlyElementsOf(Keys.STATE.allowed());
    assertThat(keys(conf, "/properties/history")).containsExactlyElementsOf(Keys.HISTORY.allowed());
    assertThat(keys(conf, "/properties/http")).containsExactlyElementsOf(Keys.HTTP.allowed());
    assertThat(keys(conf, cluster)).containsExactlyElementsOf(Keys.CLUSTER.allowed());
    assertThat(keys(conf, cluster + "/properties/tls"))
        .containsExactlyElementsOf(Keys.TLS.allowed());
    assertThat(keys(conf, cluster + "/properties/expect"))
        .containsExactlyElementsOf(Keys.EXPECT.allowed());
  }

  @Test
  void schemasBesideTheExamplesAreTheOnesOfTheProgram() throws IOException {
    assertThat(Path.of("policies/policy.schema.json")).content().isEqualTo(Schemas.policy());
    assertThat(Path.of("conf/conf.schema.json")).content().isEqualTo(Schemas.conf());
    assertThat(Files.readString(Path.of("policies/hz-prod.yaml"))).contains("policy.schema.json");
  }
}
