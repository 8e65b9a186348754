package dev.backstop.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads and starts what {@code mvn -P packages verify} has built; no other build runs it. */
class PackagesTrial {

  /** Prints each message that a service manager would get, until the daemon says that it stops. */
  private static final String RECEIVER =
      """
      import socket,sys
      s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM); s.bind(sys.argv[1])
      print('open')
      while True:
       m=s.recv(4096).decode(); print(m)
       if 'STOPPING' in m: break
      """;

  private static final Path PACKAGES = Path.of("target", "packages");
  private static final Pattern GLIBC = Pattern.compile("GLIBC_2\\.(\\d+)");

  /** The machine that builds is the one that the packages are for. */
  private static final boolean IS_ARM = "aarch64".equals(System.getProperty("os.arch"));

  private static final String DEB_ARCH = IS_ARM ? "arm64" : "amd64";
  private static final String TARBALL = IS_ARM ? "-linux-aarch64.tar.xz" : "-linux-x64.tar.xz";

  @TempDir private Path folder;

  @Test
  void thereIsOneOfEachKind() throws IOException {
    assertThat(only(".rpm"))
        .hasFileName("backstop-1.0.0-1." + (IS_ARM ? "aarch64" : "x86_64") + ".rpm");
    assertThat(only(".deb")).hasFileName("backstop_1.0.0-1_" + DEB_ARCH + ".deb");
    assertThat(only(TARBALL)).hasFileName("backstop-1.0.0" + TARBALL);
  }

  @Test
  void tarballRunsWithoutJava_andKeepsQuiet() throws Exception {
    Path home = unpack();

    assertThat(run(home.resolve("bin").resolve("backstop").toString(), "--version"))
        .matches("backstop 1\\.0\\.0 \\(Java 25\\..*\\)\n");
    assertThat(run(home.resolve("bin").resolve("backstop").toString(), "validate"))
        .endsWith("1 policy valid.\n");
    assertThat(run(home.resolve("bin").resolve("backstop").toString(), "simulate", "--list"))
        .contains("default");
  }

  @Test
  void archiveOfClassesIsMadeAndTaken() throws Exception {
    Path home = unpack();

    run(home.resolve("bin").resolve("archive-classes").toString());

    assertThat(home.resolve("lib").resolve("backstop.jsa")).isNotEmptyFile();
    assertThat(run(home.resolve("bin").resolve("backstop").toString(), "--version"))
        .startsWith("backstop 1.0.0 ");
  }

  @Test
  void nativeCodeNeedsAnOldLibcOnly() throws Exception {
    Path home = unpack();
    TreeSet<Integer> needed = new TreeSet<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(PackagesTrial::isNative).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        GLIBC
            .matcher(bytes)
            .results()
            .forEach(version -> needed.add(Integer.valueOf(version.group(1))));
      }
    }

    assertThat(needed).isNotEmpty();
    assertThat(needed.last()).isLessThanOrEqualTo(17);
  }

  private static boolean isNative(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".so")
        || file.endsWith(Path.of("runtime", "bin").resolve(file.getFileName()));
  }

  @Test
  @Needs({Need.PYTHON})
  void daemonNotifiesTheServiceManager() throws Exception {
    Path home = unpack();
    Path socket = folder.resolve("notify");
    Path messages = folder.resolve("messages");
    Process receiver =
        new ProcessBuilder("python3", "-uc", RECEIVER, socket.toString())
            .redirectOutput(messages.toFile())
            .start();
    try {
      awaitText(messages, "open");
      Files.writeString(
          home.resolve("conf").resolve("backstop.yaml"),
          """
          http: {listen: '127.0.0.1:0'}
          clusters:
            a: {endpoints: ['127.0.0.1:1'], user: u, passwordEnv: P}
          """);
      Files.delete(home.resolve("policies").resolve("hz-prod.yaml"));
      Process daemon =
          start(
              Map.of("NOTIFY_SOCKET", socket.toString()),
              home.resolve("bin").resolve("backstop").toString(),
              "run",
              "--conf",
              home.resolve("conf").resolve("backstop.yaml").toString());
      awaitText(messages, "READY=1\nSTATUS=");
      awaitText(messages, "WATCHDOG=1\n");
      daemon.destroy();

      assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.exitValue()).isEqualTo(143);
      assertThat(receiver.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(messages)).endsWith("STOPPING=1\n");
    } finally {
      receiver.destroyForcibly();
    }
  }

  @Test
  void debHoldsWhatIsPromised() throws Exception {
    String listed = run("tar", "-tvzf", member(only(".deb"), "data.tar.gz").toString());

    assertThat(listed)
        .containsPattern(
            "(?m)^l.* \\./usr/bin/backstop -> (/usr|\\.\\.)/lib/backstop/bin/backstop$")
        .containsPattern("(?m)^-rwxr-xr-x root/root .* \\./usr/lib/backstop/bin/backstop$")
        .containsPattern("(?m)^-rwxr-xr-x .* \\./usr/lib/backstop/runtime/bin/java$")
        .containsPattern("(?m)^drwxr-x--- .* \\./var/lib/backstop/$");
    assertThat(listed)
        .contains(
            " ./etc/backstop/conf/backstop.yaml",
            " ./etc/backstop/policies/policy.schema.json",
            " ./lib/systemd/system/backstop.service",
            " ./usr/share/man/man1/backstop.1.gz",
            " ./usr/share/bash-completion/completions/backstop",
            " ./usr/share/zsh/vendor-completions/_backstop",
            " ./usr/share/backstop/examples/policies/policy.schema.json",
            " ./usr/share/backstop/prometheus/alerts.yaml");
    Path control = member(only(".deb"), "control.tar.gz");
    assertThat(run("tar", "-xzOf", control.toString(), "./conffiles"))
        .contains("/etc/backstop/conf/backstop.yaml\n");
    assertThat(run("tar", "-xzOf", control.toString(), "./control"))
        .contains("Package: backstop\n", "Version: 1.0.0-1\n", "Architecture: " + DEB_ARCH + "\n");
  }

  /** Copies one member of an ar archive, as dpkg's packages are, to a file. */
  private Path member(Path archive, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    int at = "!<arch>\n".length();
    while (at < bytes.length) {
      String head = new String(bytes, at, 60, StandardCharsets.US_ASCII);
      int size = Integer.parseInt(head.substring(48, 58).strip());
      at += head.length();
      if (head.startsWith(name)) {
        return Files.write(folder.resolve(name), Arrays.copyOfRange(bytes, at, at + size));
      }
      at += size + size % 2;
    }
    throw new AssertionError(archive + " has no member " + name);
  }

  private Path unpack() throws Exception {
    run("tar", "-xJf", only(TARBALL).toAbsolutePath().toString());
    return folder.resolve("backstop-1.0.0");
  }

  private static Path only(String end) throws IOException {
    try (Stream<Path> files = Files.list(PACKAGES)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      assertThat(found).as(end).hasSize(1);
      return found.get(0).toAbsolutePath();
    }
  }

  /** Runs a program to its end, which must be good and without a word on standard error. */
  private String run(String... command) throws Exception {
    Process process = start(Map.of(), command);
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", List.of(command), text).isZero();
    return text;
  }

  private Process start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static void awaitText(Path file, String text) {
    await(text)
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> Files.exists(file) && Files.readString(file).contains(text));
  }
}
