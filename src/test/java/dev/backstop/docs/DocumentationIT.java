package dev.backstop.docs;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backstop.testing.Document;
import dev.backstop.testing.Document.Block;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types what the README says, in its order, and waits until what it shows is printed: times and
 * durations aside, and on ports of our own.
 */
class DocumentationIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private final Map<String, Process> terminals = new HashMap<>();
  private int files;

  /** A command and what the document shows of its output. */
  private record Typed(String command, List<String> shown) {}

  @AfterEach
  void closeTerminals() throws InterruptedException {
    for (Process process : terminals.values()) {
      end(process);
    }
  }

  @Test
  @Needs(Need.MARIADB_CLIENT)
  void theFirstSessionOfTheReadmeGoesAsShown() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path launcher = bin.resolve("backstop");
    Path real = Path.of("bin", "backstop").toAbsolutePath();
    Files.writeString(launcher, "#!/bin/sh\nexec '" + real + "' \"$@\"\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    String clusterPort = String.valueOf(freePort());
    String pagesPort = String.valueOf(freePort());

    for (Block block : Document.of("README.md").blocks()) {
      String text = block.text().replace("2881", clusterPort).replace("9466", pagesPort);
      if (block.language().equals("sh") && block.label().equals("setup")) {
        run(text);
      } else if (block.language().equals("console")) {
        type(block.label(), typed(text, clusterPort));
      }
    }
  }

  @Test
  @Needs(Need.SYSTEMD_ANALYZE)
  void theUnitIsOneThatSystemdUnderstands() throws Exception {
    String unit = Files.readString(Path.of("systemd", "backstop.service"));
    assertThat(unit).contains("ExecStart=/usr/bin/backstop run ");
    Path copy = folder.resolve("backstop.service");
    Files.writeString(copy, unit.replaceAll("(?m)^ExecStart=.*$", "ExecStart=/bin/true"));

    assertThat(run("systemd-analyze verify " + copy + " 2>&1 | grep backstop.service || true"))
        .isEmpty();
  }

  private static List<Typed> typed(String text, String port) {
    List<Typed> all = new ArrayList<>();
    for (String part : text.split("(?m)^\\$ ", -1)) {
      if (!part.isEmpty()) {
        List<String> lines = part.lines().toList();
        String command =
            lines.get(0).replace("backstop simulate", "backstop simulate --port " + port);
        all.add(new Typed(command, lines.subList(1, lines.size())));
      }
    }
    return all;
  }

  private void type(String terminal, List<Typed> commands) throws Exception {
    if (terminal.isEmpty()) {
      for (Typed typed : commands) {
        typeUntilShown(typed);
      }
      return;
    }
    Process before = terminals.remove(terminal);
    if (before != null) {
      end(before);
    }
    for (Typed typed : commands.subList(0, commands.size() - 1)) {
      typeUntilShown(typed);
    }
    leaveRunning(terminal, commands.get(commands.size() - 1));
  }

  private void typeUntilShown(Typed typed) throws Exception {
    String first = run(typed.command());
    if (!typed.shown().isEmpty()) {
      // What only looks may be typed again until what was done has had its effect.
      awaitShown(typed, () -> assertShown(run(typed.command()), typed), first);
    }
  }

  private void leaveRunning(String terminal, Typed typed) throws IOException {
    Path out = folder.resolve("out-" + files++);
    terminals.put(terminal, start("exec " + typed.command(), out));
    awaitShown(typed, () -> assertShown(Files.readString(out), typed), "");
  }

  private static void awaitShown(Typed typed, ThrowingRunnable assertion, String first) {
    await(typed.command())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(assertion);
    assertThat(first).as(typed.command()).doesNotContain("Exception");
  }

  private static void assertShown(String output, Typed typed) {
    Set<String> printed = output.lines().map(DocumentationIT::timeless).collect(Collectors.toSet());
    assertThat(printed)
        .as(typed.command())
        .containsAll(
            typed.shown().stream()
                .filter(line -> !line.equals("..."))
                .map(DocumentationIT::timeless)
                .toList());
  }

  private static String timeless(String line) {
    return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
        .replaceAll("\\b\\d+ ?(ms|s|min|m|h)\\b( \\d+ ?(ms|s|min|m)\\b)?", "DURATION")
        .replaceAll("\\s+", " ")
        .replaceAll("[-+]{3,}", "--")
        .strip();
  }

  /** Runs commands to their end and returns what they print. */
  private String run(String commands) throws IOException, InterruptedException {
    Path out = folder.resolve("out-" + files++);
    Process process = start("set -e\n" + commands, out);
    assertThat(process.waitFor(2, MINUTES)).as(commands).isTrue();
    String output = Files.readString(out);
    assertThat(process.exitValue()).as("%s%n%s", commands, output).isZero();
    return output;
  }

  private Process start(String commands, Path out) throws IOException {
    return new ProcessBuilder("bash", "-c", commands)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
