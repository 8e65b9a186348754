package dev.backstop.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {

  @TempDir private Path folder = Path.of("");

  /** Prints the names in a folder, as another process under another locale. */
  public static void main(String[] arguments) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(arguments[0]))) {
      entries.forEach(entry -> names.add(FileNames.of(entry)));
    }
    new PrintStream(System.out, true, StandardCharsets.UTF_8).print(String.join("\n", names));
  }

  private void make(String encoded) throws IOException {
    Files.createFile(Path.of(URI.create(folder.toUri() + encoded)));
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private List<String> namesUnder(String locale) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            place(FileNames.class) + ":" + place(FileNamesTest.class),
            FileNamesTest.class.getName(),
            folder.toString());
    java.environment().put("LC_ALL", locale);
    Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return List.of(out.split("\n", -1));
  }

  /** 上海, 杭州, two names in GBK, one in Latin-1, a control character, a backslash. */
  @Test
  void namesAreTheSameUnderEveryLocale() throws Exception {
    for (String encoded :
        List.of(
            "%E4%B8%8A%E6%B5%B7.yaml",
            "%E6%9D%AD%E5%B7%9E.yaml",
            "%C9%CF%BA%A3.yaml",
            "%BA%BC%D6%DD.yaml",
            "stra%DFe.yaml",
            "%1B%5B31m.yaml",
            "a%5Cb.yaml",
            "%E4%B8.yaml",
            "%F0%9F%90%98.yaml")) {
      make(encoded);
    }
    List<String> expected =
        List.of(
            "\\x1B[31m.yaml",
            "\\xBA\\xBC\\xD6\\xDD.yaml",
            "\\xC9Ϻ\\xA3.yaml",
            "\\xE4\\xB8.yaml",
            "a\\x5Cb.yaml",
            "stra\\xDFe.yaml",
            "上海.yaml",
            "杭州.yaml",
            "🐘.yaml");
    assertThat(namesUnder("C")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(namesUnder("C.UTF-8")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void wholePathsAreShownAlikeWhetherAbsoluteOrNot() {
    assertThat(FileNames.ofPath(Path.of("/a/b.yaml"))).isEqualTo("/a/b.yaml");
    assertThat(FileNames.ofPath(Path.of(URI.create("file:///a/%E4.yaml"))))
        .isEqualTo("/a/\\xE4.yaml");
    assertThat(FileNames.ofPath(Path.of("../x"))).isEqualTo("../x");
  }
}
