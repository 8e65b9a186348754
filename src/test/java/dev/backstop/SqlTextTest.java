package dev.backstop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the list of places that give SQL to a driver short and known. In each, the text is a
 * constant, or made of constants, numbers and {@code LookQuery.literal}, which its own test tries.
 */
class SqlTextTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/backstop");
  private static final Pattern GIVEN =
      Pattern.compile("StreamingQuery\\.on\\(|createStatement[(]|prepareStatement[(]");
  private static final Pattern STATEMENT =
      Pattern.compile("\"ALTER SYSTEM [A-Z]|[Aa][Ll][Tt][Ee][Rr] SYSTEM\" *[+]");

  private static List<String> filesWith(Pattern pattern) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.startsWith(SOURCES.resolve("simulator")))
          .filter(file -> pattern.matcher(read(file)).find())
          .map(file -> SOURCES.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void sqlIsGivenToDriversInThesePlacesOnly() throws IOException {
    assertThat(filesWith(GIVEN))
        .containsExactly(
            "jdbc/EndpointConnector.java",
            "jdbc/MysqlStateDataSource.java",
            "oceanbase/CheckedSession.java",
            "oceanbase/ClusterProbe.java",
            "oceanbase/LookRow.java",
            "oceanbase/ShowCommands.java",
            "oceanbase/StreamingQuery.java",
            "store/Rows.java");
  }

  @Test
  void statementsThatActAreConstantsOfTwoClasses() throws IOException {
    assertThat(filesWith(STATEMENT))
        .containsExactly("force/ForceRecorder.java", "plan/Statement.java");
  }
}
