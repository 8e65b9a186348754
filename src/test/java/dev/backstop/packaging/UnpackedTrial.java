package dev.backstop.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.backstop.testing.Certificates;
import dev.backstop.testing.FakeWebhook;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the program of the built tarball where no Java is to be found. */
class UnpackedTrial {

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

  private final Path folder;
  private final BuiltPackages packages;

  UnpackedTrial(@TempDir Path folder) {
    this.folder = folder;
    this.packages = new BuiltPackages(folder);
  }

  @Test
  void tarballRunsWithoutJava_andKeepsQuiet() throws Exception {
    Path home = packages.unpack();

    assertThat(packages.run(program(home, "bin/backstop"), "--version"))
        .matches("backstop 1\\.0\\.0 \\(Java 25\\..*\\)\n");
    assertThat(packages.run(program(home, "bin/backstop"), "validate"))
        .endsWith("1 policy valid.\n");
    assertThat(packages.run(program(home, "bin/backstop"), "simulate", "--list"))
        .contains("default");
  }

  @Test
  void runtimeHasEveryModuleThatTheProgramUses() throws Exception {
    Path home = packages.unpack();
    StringWriter used = new StringWriter();
    List<String> words = new ArrayList<>(List.of("--print-module-deps", "--ignore-missing-deps"));
    words.addAll(List.of("--multi-release", "17", "--class-path", home + "/lib/*"));
    words.addAll(jars(home.resolve("lib")));
    words.addAll(jars(home.resolve("lib").resolve("simulator")));

    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(used),
                new PrintWriter(Writer.nullWriter()),
                words.toArray(String[]::new));

    assertThat(code).as(used.toString()).isZero();
    assertThat(
            packages
                .run(program(home, "runtime/bin/java"), "--list-modules")
                .lines()
                .map(line -> line.replaceFirst("@.*", "")))
        .contains(used.toString().strip().split(","))
        .contains("java.net.http", "jdk.crypto.ec");
  }

  private static List<String> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList();
    }
  }

  @Test
  void notificationReachesAWebhookWithoutJava_byTlsToo() throws Exception {
    Path home = packages.unpack();
    Certificates certificates = Certificates.in(Files.createDirectory(folder.resolve("keys")));
    String trust = trust(home, certificates.pem("own.pem", "server"));
    try (FakeWebhook plain = new FakeWebhook();
        FakeWebhook secured = new FakeWebhook(certificates.selfSigned())) {
      configure(
          home,
          "notifications: [{name: plain, url: '%s'}, {name: secured, url: '%s'}]\n"
              .formatted(plain.url("/hook"), secured.url("/hook")));

      for (String name : List.of("plain", "secured")) {
        assertThat(
                packages.run(
                    Map.of("BACKSTOP_JAVA_OPTS", trust),
                    program(home, "bin/backstop"),
                    "notify",
                    "--test",
                    name,
                    "--conf",
                    conf(home)))
            .contains("accepted");
      }

      assertThat(plain.bodies()).singleElement(STRING).contains("\"test\":true");
      assertThat(secured.bodies()).singleElement(STRING).contains("\"test\":true");
    }
  }

  /** Makes a trust store of a certificate by what the package brings, and returns the options. */
  private String trust(Path home, Path certificate) throws Exception {
    Path store = folder.resolve("trusted");
    packages.run(
        program(home, "runtime/bin/keytool"),
        "-importcert",
        "-noprompt",
        "-file",
        certificate.toString(),
        "-keystore",
        store.toString(),
        "-storepass",
        Certificates.WORD);
    return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
        .formatted(store, Certificates.WORD);
  }

  private static String program(Path home, String path) {
    return home.resolve(path).toString();
  }

  @Test
  void archiveOfClassesIsMadeAndTaken() throws Exception {
    Path home = packages.unpack();

    packages.run(program(home, "bin/archive-classes"));

    assertThat(home.resolve("lib").resolve("backstop.jsa")).isNotEmptyFile();
    assertThat(packages.run(program(home, "bin/backstop"), "--version"))
        .startsWith("backstop 1.0.0 ");
  }

  @Test
  @Needs({Need.PYTHON})
  void daemonNotifiesTheServiceManager() throws Exception {
    Path home = packages.unpack();
    Path socket = folder.resolve("notify");
    Path messages = folder.resolve("messages");
    Process receiver =
        new ProcessBuilder("python3", "-uc", RECEIVER, socket.toString())
            .redirectOutput(messages.toFile())
            .start();
    try {
      awaitText(messages, "open");
      configure(home, "");
      Files.delete(home.resolve("policies").resolve("hz-prod.yaml"));
      Process daemon =
          packages.start(
              Map.of("NOTIFY_SOCKET", socket.toString()),
              program(home, "bin/backstop"),
              "run",
              "--conf",
              conf(home));
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

  private static String conf(Path home) {
    return home.resolve("conf").resolve("backstop.yaml").toString();
  }

  private static void configure(Path home, String more) throws IOException {
    Files.writeString(
        Path.of(conf(home)),
        """
        http: {listen: '127.0.0.1:0'}
        clusters:
          a: {endpoints: ['127.0.0.1:1'], user: u, passwordEnv: P}
        """
            + more);
  }

  private static void awaitText(Path file, String text) {
    await(text)
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> Files.exists(file) && Files.readString(file).contains(text));
  }
}
