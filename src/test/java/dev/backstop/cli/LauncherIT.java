package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    Ended ended = start(install(), Map.of(), "--version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  @Test
  void everythingButTheDemonstrationWorksWithoutTheSimulator() throws Exception {
    Path launcher = install();
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        folder.resolve("conf").resolve("backstop.yaml"),
        """
        clusters:
          hz: {endpoints: ["127.0.0.1:1"], user: u, passwordEnv: P, expect: {name: hz, id: 1}}
        """);
    Files.createDirectories(folder.resolve("policies"));
    assertThat(start(launcher, Map.of(), "validate").code()).isZero();
    assertThat(start(launcher, Map.of(), "status").out()).contains("hz");
    for (List<String> verb :
        List.of(List.of("demo"), List.of("simulate"), List.of("simulate", "--list"))) {
      Ended ended = start(launcher, Map.of(), verb.toArray(String[]::new));
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err())
          .isEqualTo(
              "backstop: demo and simulate need the simulator, which is not installed: copy"
                  + " target/lib/simulator of a build to lib/simulator and start bin/backstop\n");
    }
    assertThat(start(launcher, Map.of(), "simulate", "--help").code()).isZero();
  }

  @Test
  void simulatorIsFoundWhereItIsInstalled() throws Exception {
    Path launcher = install();
    Path lib = launcher.resolveSibling(Path.of("..", "lib")).normalize();
    copyJars(Path.of("target", "lib", "simulator"), lib.resolve("simulator"));
    Ended ended = start(launcher, Map.of(), "simulate", "--list");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("default", "cut-before");
    assertThat(ended.code()).isZero();
  }

  /** Installs the program as the README says, without the simulator. */
  private Path install() throws IOException {
    Path home = folder.resolve("opt with blanks");
    copyJars(Path.of("target", "lib"), home.resolve("lib"));
    Files.copy(Path.of("target", "backstop.jar"), home.resolve("lib").resolve("backstop.jar"));
    Files.createDirectories(home.resolve("bin"));
    Path launcher = Files.copy(LAUNCHER, home.resolve("bin").resolve("backstop"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return launcher;
  }

  private static void copyJars(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var jars = Files.newDirectoryStream(from, "*.jar")) {
      for (Path jar : jars) {
        Files.copy(jar, to.resolve(jar.getFileName()));
      }
    }
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

  /** Installs the launcher with a Java that does what the script says. */
  private Path launcherOf(String script) throws IOException {
    Path home = folder.resolve("installed");
    Path bin = Files.createDirectories(folder.resolve("jdk-17").resolve("bin"));
    Files.writeString(bin.resolve("java"), "#!/bin/sh\n" + script + "\n");
    Files.writeString(folder.resolve("jdk-17").resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(Files.createDirectories(home.resolve("lib")).resolve("backstop.jar"));
    Path launcher = Files.copy(LAUNCHER, home.resolve("bin").resolve("backstop"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    assertThat(bin.resolve("java").toFile().setExecutable(true)).isTrue();
    return launcher;
  }

  /** Java ends with 3 then, which means held to who runs {@code apply}. */
  @Test
  void onlyTheDaemonEndsByJavasOwnExitWhereMemoryIsShort() throws Exception {
    Path launcher = launcherOf("echo \"$@\"");
    Map<String, String> java = Map.of("JAVA_HOME", folder.resolve("jdk-17").toString());
    String exit = "-XX:+ExitOnOutOfMemoryError";
    assertThat(start(launcher, java, "run").out()).contains(exit);
    assertThat(start(launcher, java, "--conf", "x.yaml", "run").out()).contains(exit);
    assertThat(start(launcher, java, "apply").out()).contains("-Xmx256m").doesNotContain(exit);
  }

  /** A large fleet needs a connection for each cluster; a command must not take a host's memory. */
  @Test
  void onlyTheDaemonMayTakeTheMemoryThatALargeFleetNeeds() throws Exception {
    Path launcher = launcherOf("echo \"$@\"");
    Map<String, String> java = Map.of("JAVA_HOME", folder.resolve("jdk-17").toString());
    assertThat(start(launcher, java, "run").out()).contains("-Xmx2g").doesNotContain("-Xmx256m");
    assertThat(start(launcher, java, "status").out()).doesNotContain("-Xmx2g");
    Map<String, String> own = new HashMap<>(java);
    own.put("BACKSTOP_JAVA_OPTS", "-Xmx3g");
    assertThat(start(launcher, own, "run").out())
        .as("one's own comes last")
        .containsPattern("-Xmx2g .*-Xmx3g");
  }

  @ParameterizedTest
  @CsvSource({
    "demo, true",
    "simulate --list, true",
    "--conf run simulate, true",
    "--conf=run demo, true",
    "run, false",
    "run --conf demo, false",
    "--conf simulate run, false",
    "status demo, false",
    "--version, false"
  })
  void onlyTheDemonstrationGetsTheSimulator(String typed, boolean getsIt) throws Exception {
    Path launcher = launcherOf("echo \"$@\"");
    Path lib = folder.resolve("installed").resolve("lib");
    Files.createFile(lib.resolve("sqlite.jar"));
    Path jar =
        Files.createFile(
            Files.createDirectory(lib.resolve("simulator")).resolve("backstop-simulator.jar"));
    Map<String, String> java = Map.of("JAVA_HOME", folder.resolve("jdk-17").toString());
    String daemons = lib.resolve("backstop.jar") + ":" + lib.resolve("sqlite.jar");
    assertThat(start(launcher, java, typed.split(" ")).out())
        .contains(" -cp " + daemons + (getsIt ? ":" + jar : "") + " dev.backstop.cli.Backstop ");
  }

  /** To unpack it takes as long as a sixth of a short command. */
  @Test
  void sqliteLibraryThatTheBuildUnpackedIsNotUnpackedAtEachStart() throws Exception {
    Path launcher = launcherOf("echo \"$@\"");
    Map<String, String> java = Map.of("JAVA_HOME", folder.resolve("jdk-17").toString());
    assertThat(start(launcher, java, "status").out()).doesNotContain("org.sqlite.lib.path");
    Path unpacked = Files.createDirectory(folder.resolve("installed").resolve("native"));
    assertThat(start(launcher, java, "status").out()).doesNotContain("org.sqlite.lib.path");
    Files.createFile(unpacked.resolve("libsqlitejdbc.so"));
    assertThat(start(launcher, java, "status").out())
        .contains("-Dorg.sqlite.lib.path=" + unpacked + " ");
  }

  @Test
  void closedStreamIsNoPlaceForAFileThatJavaOpens() throws Exception {
    Path launcher = launcherOf("for fd in 0 1 2; do readlink /proc/self/fd/$fd; done >\"$REPORT\"");
    Path report = folder.resolve("report");
    Map<String, String> java =
        Map.of("JAVA_HOME", folder.resolve("jdk-17").toString(), "REPORT", report.toString());
    run(
        java,
        List.of("sh", "-c", "exec \"$1\" status <&- >&- 2>&-", "sh", launcher.toString()),
        StandardCharsets.UTF_8);
    assertThat(report).hasContent("/dev/null\n" + report + "\n/dev/full\n");
  }

  @Test
  void mistakesKeepTheirExitCode() throws Exception {
    Ended ended = start(LAUNCHER, Map.of(), "plann");
    assertThat(ended.code()).isEqualTo(64);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("backstop: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "zh_XX.UTF-8"})
  void namesAndReasonsOutsideOfAsciiAreUnderstoodWhereTheLocaleIsAscii(String locale)
      throws Exception {
    Ended file =
        typed(
            StandardCharsets.UTF_8,
            "LC_ALL=" + locale + "; export LC_ALL",
            "mkdir -p 存储/conf; printf 'clusters: {割接: {}}' >存储/conf/backstop.yaml",
            LAUNCHER + " validate --conf 存储/conf/backstop.yaml");
    assertThat(file.err()).contains("存储/conf/backstop.yaml:1:", "割接");
    assertThat(file.code()).isEqualTo(78);
    Ended word =
        typed(StandardCharsets.UTF_8, "LC_ALL=" + locale + " " + LAUNCHER + " plan -o 存储割接");
    assertThat(word.err()).contains("'存储割接' is no format");
  }

  @Test
  void whatTheLocaleCanNotDecodeIsRefusedAndNeverAnotherName() throws Exception {
    // These bytes are GBK, and no UTF-8.
    Ended ended =
        typed(StandardCharsets.UTF_8, LAUNCHER + " disarm c --reason \"$(printf '\\264\\346')\"");
    assertThat(ended.code()).isEqualTo(64);
    assertThat(ended.err()).contains("can't be decoded", "use a UTF-8 locale");
    Ended folder =
        typed(
            StandardCharsets.UTF_8,
            "there=$(printf '\\264\\346'); mkdir \"$there\"; cd \"$there\"",
            LAUNCHER + " validate; code=$?",
            "cd ..; rmdir \"$there\"; exit $code");
    assertThat(folder.code()).isEqualTo(64);
    assertThat(folder.err()).contains("can't be decoded", "use a UTF-8 locale");
  }

  @ParameterizedTest
  @Needs(Need.LOCALES)
  @CsvSource({"zh_CN.GB18030, GB18030", "tr_TR.UTF-8, UTF-8", "th_TH.UTF-8, UTF-8"})
  void charsetOfTheLocaleIsRespected(String locale, Charset charset) throws Exception {
    String made = folder.resolve("made").toString();
    String language = locale.substring(0, locale.indexOf('.'));
    String command = "mkdir -p %s; localedef --no-archive -i %s -f %s %s/%s";
    typed(charset, command.formatted(made, language, charset, made, locale));
    String export = "LOCPATH=" + made + " LC_ALL=" + locale + "; export LOCPATH LC_ALL";
    assertThat(typed(charset, export, "locale charmap").out().strip()).isEqualTo(charset.name());
    Ended ended = typed(charset, export, LAUNCHER + " plan -o 存储割接");
    assertThat(ended.err()).contains("'存储割接' is no format");
    assertThat(ended.code()).isEqualTo(64);
    assertThat(typed(charset, export, LAUNCHER + " --version").out()).contains("backstop ");
  }

  /** Runs a script that is written in a charset; Java would pass arguments in its own. */
  private Ended typed(Charset charset, String... lines) throws Exception {
    Path script = folder.resolve("typed.sh");
    Files.writeString(script, String.join("\n", lines) + "\n", charset);
    return run(Map.of(), List.of("/bin/sh", script.toString()), charset);
  }

  private Ended start(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return run(environment, command, StandardCharsets.UTF_8);
  }

  private Ended run(Map<String, String> environment, List<String> command, Charset charset)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ended(
        process.exitValue(), Files.readString(out, charset), Files.readString(err, charset));
  }
}
