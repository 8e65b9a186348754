package dev.backstop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the default locale out of what is formatted: %s of a number is ASCII everywhere. */
class LocaleRulesTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/backstop");

  /** A conversion that the default locale changes, in a call that names no locale. */
  private static final Pattern DEFAULT_LOCALE =
      Pattern.compile(
          "(?:format[(]\\s*\"[^\"]*%[-#+ 0,(.\\d]*[dfgeA-Z]"
              + "|%[-#+ 0,(.\\d]*[dfge][^\"]*\"\\s*(?:\\+\\s*\"[^\"]*\"\\s*)*[.]formatted"
              + "|[.]ofPattern[(][^,;]*[)];|ofLocalized|(?:Number|Decimal)Format[.(])");

  private static boolean dependsOnLocale(Path file) {
    try {
      return DEFAULT_LOCALE.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  @Test
  void nothingIsFormattedForTheDefaultLocale() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(LocaleRulesTest::dependsOnLocale)
              .toList();
      assertThat(found).isEmpty();
    }
  }
}
