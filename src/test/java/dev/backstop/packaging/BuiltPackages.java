package dev.backstop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code mvn -P packages} has built, and programs that run in a folder without a Java. */
final class BuiltPackages {

  private static final Path PACKAGES = Path.of("target", "packages");

  /** The machine that builds is the one that the packages are for. */
  static final boolean IS_ARM = "aarch64".equals(System.getProperty("os.arch"));

  static final String TARBALL = IS_ARM ? "-linux-aarch64.tar.xz" : "-linux-x64.tar.xz";

  private final Path folder;

  /** Works in a folder. */
  BuiltPackages(Path folder) {
    this.folder = folder;
  }

  /** Returns the one package whose name ends so. */
  static Path only(String end) throws IOException {
    try (Stream<Path> files = Files.list(PACKAGES)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      assertThat(found).as(end).hasSize(1);
      return found.get(0).toAbsolutePath();
    }
  }

  /** Unpacks the tarball and returns what it holds. */
  Path unpack() throws Exception {
    run("tar", "-xJf", only(TARBALL).toAbsolutePath().toString());
    return folder.resolve("backstop-1.0.0");
  }

  /** Runs a program to its end, which must be good, and returns all that it says. */
  String run(String... command) throws Exception {
    return run(Map.of(), command);
  }

  /** Runs a program with further variables. */
  String run(Map<String, String> environment, String... command) throws Exception {
    Process process = start(environment, command);
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", List.of(command), text).isZero();
    return text;
  }

  /** Starts a program with further variables; its standard error is part of its output. */
  Process start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
