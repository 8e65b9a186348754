package dev.backstop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the scripts that packages run as root. */
class PackagingScriptsTest {

  private static final Path FOLDER = Path.of("packaging");

  static Stream<Path> scripts() throws IOException {
    List<Path> deb = List.of(Path.of("postinst"), Path.of("prerm"), Path.of("postrm"));
    List<Path> rpm = List.of(Path.of("pre"), Path.of("post"), Path.of("preun"), Path.of("postun"));
    return Stream.of(
            deb.stream().map(FOLDER.resolve("deb").resolve("control")::resolve),
            rpm.stream().map(FOLDER.resolve("rpm")::resolve),
            Stream.of(FOLDER.resolve("archive-classes")))
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aShellReadsIt(Path script) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-n", script.toString()).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEmpty();
    assertThat(shell.exitValue()).isZero();
  }

  /** Nobody has configured the daemon when it is installed, and secrets are somebody's work. */
  @ParameterizedTest
  @MethodSource("scripts")
  void itNeitherEnablesTheUnitNorDeletesWhatPeopleWrote(Path script) throws IOException {
    assertThat(Files.readString(script))
        .doesNotContainPattern("systemctl (enable|start|restart)")
        .doesNotContainPattern("rm -r[f]? [^\\n]*/etc/backstop");
  }

  /** A script that fails would leave an rpm half installed. */
  @ParameterizedTest
  @ValueSource(strings = {"pre", "post", "preun", "postun"})
  void ofAnRpmItAlwaysSucceeds(String script) throws IOException {
    assertThat(Files.readString(FOLDER.resolve("rpm").resolve(script)))
        .endsWith("exit 0\n")
        .doesNotContain("set -e");
  }
}
