package dev.backstop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.testing.Document;
import dev.backstop.testing.Document.Block;
import dev.backstop.testing.FakeWebhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends a test message by every example, with a receiver of our own in place of the vendor's. */
@Timeout(120)
class NotificationsDocumentationTest {

  private static final Pattern ADDRESS = Pattern.compile("# https://[^/]+(/\\S+)");
  private static final Pattern KEYWORD = Pattern.compile("keyword: (\\S+)");
  private static final String OWN = "http://127.0.0.1:8080";
  private static final String APPENDED = "/var/lib/backstop/messages.jsonl";

  @TempDir private Path folder;
  private final FakeWebhook hook = new FakeWebhook();

  @AfterEach
  void close() {
    hook.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/notifications.md", "docs/zh/notifications.md"})
  void everyExampleSendsItsMessage(String name) throws IOException {
    Document document = Document.of(name);
    lay(document);
    List<Block> examples =
        document.blocks().stream().filter(block -> block.language().equals("yaml")).toList();
    assertThat(examples).hasSizeGreaterThan(4);
    for (Block example : examples) {
      int before = hook.received().size();
      configure(example.text());
      for (String command : commands(document)) {
        Typed typed = Typed.in(folder, command.split(" ", -1));
        assertThat(typed.text()).as("%s: %s", example, command).contains("notification");
        assertThat(typed.out()).as("%s: %s", example, command).doesNotContain("warning");
        if (command.startsWith("notify")) {
          assertThat(typed.code()).as("%s: %s", example, typed.text()).isZero();
        } else {
          assertThat(typed.out()).contains("ok    notifications");
        }
      }
      if (example.text().contains("exec:")) {
        assertThat(Files.readString(folder.resolve("messages.jsonl"))).contains("\"test\":true");
      } else {
        assertThat(hook.received()).hasSize(before + 1);
        assertArrived(example.text(), hook.received().get(before));
      }
    }
  }

  private static void assertArrived(String example, FakeWebhook.Received received) {
    Matcher keyword = KEYWORD.matcher(example);
    String whole = received.uri() + received.body();
    assertThat(received.body())
        .contains((keyword.find() ? keyword.group(1) + " " : "\"") + "Backstop")
        .contains("test of notification dba");
    assertThat(whole.contains("sign")).isEqualTo(example.contains("secretFile:"));
  }

  /** Returns what the page says to type, without the program's name. */
  private static List<String> commands(Document document) {
    List<String> commands =
        document.blocks().stream()
            .filter(block -> block.language().equals("sh") && block.label().isEmpty())
            .flatMap(block -> block.lines().stream())
            .map(line -> line.replaceFirst("^backstop ", ""))
            .toList();
    assertThat(commands).containsExactly("doctor", "notify --test dba");
    return commands;
  }

  private void lay(Document document) throws IOException {
    for (String name : List.of("conf", "policies", "scripts", "secrets")) {
      Files.createDirectory(folder.resolve(name));
    }
    Block script =
        document.blocks().stream()
            .filter(block -> block.label().equals("file"))
            .findFirst()
            .orElseThrow();
    write("scripts/append", script.text(), "rwxr-xr-x");
    write("secrets/dba-secret", "SECret\n", "rw-------");
    write("secrets/hz", "none\n", "rw-------");
  }

  private void configure(String example) throws IOException {
    Matcher address = ADDRESS.matcher(example);
    if (address.find()) {
      write("secrets/dba-url", hook.url(address.group(1).replace("...", "t0ken")), "rw-------");
    }
    write(
        "conf/backstop.yaml",
        example.replace(OWN, hook.url("")).replace(APPENDED, folder + "/messages.jsonl")
            + "clusters: {hz: {endpoints: ['127.0.0.1:1'], user: u@sys, passwordFile:"
            + " secrets/hz}}\n",
        "rw-r-----");
  }

  private void write(String name, String text, String mode) throws IOException {
    Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
  }

  @Test
  void bothPagesHaveTheSameExamples() {
    List<List<String>> templates =
        List.of("docs/notifications.md", "docs/zh/notifications.md").stream()
            .map(NotificationsDocumentationTest::templates)
            .toList();

    assertThat(templates.get(0))
        .containsAll(templates.get(1))
        .contains("slack", "dingtalk", "feishu", "wecom");
  }

  private static List<String> templates(String name) {
    return Arrays.stream(Document.of(name).text().split("\n"))
        .filter(line -> line.startsWith("    template: "))
        .map(line -> line.strip().split(" ", 2)[1])
        .toList();
  }
}
