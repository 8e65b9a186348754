package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts {@code bin/backstop} as people do, on the jar that the build has just made. */
class LauncherIT {

  private static final Path LAUNCHER = Path.of("bin", "backstop").toAbsolutePath();

  @TempDir private Path folder;

  /** What a finished process left. */
  private record Ended(int code, String out, String err) {}

  @Test
  void worksFromAnotherFolder() throws Exception {
    Ended ended = start(LAUNCHER, Map.of(), "--version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("backstop ");
    assertThat(ended.code()).isZero();
  }

  @Test
  void worksThroughSymbolicLinks_relativeOnesToo() throws Exception {
    Path first = Files.createSymbolicLink(folder.resolve("first"), LAUNCHER);
    Path second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());
    Ended ended = start(second, Map.of(), "schema", "policy");
    // JUnit would report links that lead out of its folder.
    Files.delete(first);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("\"$schema\"");
    assertThat(ended.code()).isZero();
  }

  @Test
  void worksFromAFolderWithBlanksInItsName() throws Exception {
    Path blanks = Files.createDirectories(folder.resolve("a b").resolve("bin"));
    Path link = Files.createSymbolicLink(blanks.resolve("backstop"), LAUNCHER);
    Ended ended = start(link, Map.of(), "--help");
    Files.delete(link);
    assertThat(ended.code()).isZero();
  }

  @Test
  void installedLayoutNeedsNoSources() throws Exception {
    Path home = Files.createDirectories(folder.resolve("opt with blanks"));
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Path launcher = Files.copy(LAUNCHER, home.resolve("bin").resolve("backstop"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Files.copy(Path.of("target", "backstop.jar"), home.resolve("lib").resolve("backstop.jar"));
    try (var jars = Files.newDirectoryStream(Path.of("target", "lib"))) {
      for (Path jar : jars) {
        Files.copy(jar, home.resolve("lib").resolve(jar.getFileName()));
      }
    }
    Ended ended = start(launcher, Map.of(), "--version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  @Test
  void launcherAloneSaysWhatIsMissing() throws Exception {
    Path lonely = Files.createDirectories(folder.resolve("lonely").resolve("bin"));
    Path launcher = Files.copy(LAUNCHER, lonely.resolve("backstop"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Ended ended = start(launcher, Map.of(), "--version");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("holds neither lib/backstop.jar nor the sources");
  }

  @Test
  void wrongJavaHomeIsNamedWithTheRepair() throws Exception {
    Ended ended = start(LAUNCHER, Map.of("JAVA_HOME", "/nowhere/java"), "--version");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            "backstop: JAVA_HOME is /nowhere/java, which has no bin/java; set it to a Java 17 or"
                + " later, or unset it\n");
  }

  @Test
  void oldJavaIsNamedWithWhatToInstall() throws Exception {
    Path old = Files.createDirectories(folder.resolve("jdk-11").resolve("bin"));
    Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 0\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("jdk-11").resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Ended ended =
        start(LAUNCHER, Map.of("JAVA_HOME", folder.resolve("jdk-11").toString()), "--version");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("Java 17 or later is needed", "is 11.0.2", "apt install openjdk-17");
  }

  @Test
  void mistakesKeepTheirExitCode() throws Exception {
    Ended ended = start(LAUNCHER, Map.of(), "plann");
    assertThat(ended.code()).isEqualTo(64);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("backstop: ");
  }

  private Ended start(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
