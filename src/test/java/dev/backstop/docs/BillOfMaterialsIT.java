package dev.backstop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * Reads the bill of materials that the jar carries: it is complete, and every licence is allowed.
 */
@Needs(Need.ONLINE_BUILD)
class BillOfMaterialsIT {

  /** As the bill names them; Connector/J's allows use by programs under such a licence. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-2.0",
          "MPL-2.0",
          "The GNU General Public License, v2 with Universal FOSS Exception, v1.0");

  private final JsonNode bill = read();

  private static JsonNode read() {
    try (JarFile jar = new JarFile(Path.of("target", "backstop.jar").toFile())) {
      ZipEntry entry = jar.getEntry("META-INF/sbom/backstop.cdx.json");
      // The goal that makes it wants to be online, and skips itself elsewhere.
      return read(jar, Objects.requireNonNull(entry, "the jar carries no bill of materials"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(JarFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return new ObjectMapper().readTree(in);
    }
  }

  private List<JsonNode> components() {
    return StreamSupport.stream(bill.path("components").spliterator(), false).toList();
  }

  @Test
  void everyLibraryThatIsShippedIsOnTheBillAndNothingElse() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target", "lib"))) {
      assertThat(
              components().stream()
                  .map(one -> one.path("name").asText() + "-" + one.path("version").asText()))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> file.getFileName().toString().replaceFirst("[.]jar$", ""))
                  .filter(name -> !name.equals("backstop-simulator"))
                  .toList());
    }
  }

  @Test
  void everyLibraryHasALicenceThatIsAllowed_andAHashAndAnAddress() {
    assertThat(components())
        .isNotEmpty()
        .allSatisfy(
            one -> {
              assertThat(licences(one))
                  .as(one.path("name").asText())
                  .containsAnyElementsOf(ALLOWED);
              assertThat(one.path("purl").asText()).startsWith("pkg:maven/");
              assertThat(one.path("hashes").toString()).contains("SHA-256");
            });
  }

  private static Set<String> licences(JsonNode component) {
    return StreamSupport.stream(component.path("licenses").spliterator(), false)
        .map(
            one -> one.path("license").path("id").asText(one.path("license").path("name").asText()))
        .collect(Collectors.toSet());
  }

  /** The same sources make the same bytes. */
  @Test
  void nothingOnItChangesFromBuildToBuild() {
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.has("serialNumber")).isFalse();
    assertThat(bill.path("metadata").path("component").path("name").asText()).isEqualTo("backstop");
    assertThat(bill.path("metadata").has("timestamp")).isFalse();
  }
}
