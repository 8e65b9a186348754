package dev.backstop.notification;

import static dev.backstop.notification.Examples.DATA;
import static dev.backstop.notification.Examples.NOW;
import static dev.backstop.notification.Examples.message;
import static dev.backstop.notification.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.backstop.config.ConfReader;
import dev.backstop.config.NotificationSettings;
import dev.backstop.plan.State;
import dev.backstop.testing.Certificates;
import dev.backstop.testing.FakeWebhook;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WebhookTransportTest {

  private static final String TOKEN = "0123456789abcdef0123";
  private static final String SECRET = "SECdeadbeefdeadbeef";
  private static final Message MESSAGE = message(transition(DATA, State.STOPPED, State.UNKNOWN));

  @TempDir private Path folder;
  private final FakeWebhook hook = new FakeWebhook();

  @AfterEach
  void close() {
    hook.close();
  }

  private NotificationSettings settings(String flow) {
    String text =
        "notifications: [{name: dba, %s}]\nclusters: {hz: {endpoints: ['h:1'], user: u@sys, passwordFile: p}}"
            .formatted(flow);
    return Objects.requireNonNull(
            new ConfReader("host", ZoneOffset.UTC)
                .read(folder.resolve("conf/backstop.yaml"), text.getBytes(StandardCharsets.UTF_8))
                .settings())
        .notifications()
        .get(0);
  }

  private WebhookTransport transport(String flow) {
    return new WebhookTransport(
        settings(flow), variable -> null, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(10));
  }

  private static @Nullable String failure(WebhookTransport transport) {
    Throwable thrown = catchThrowable(() -> transport.deliver(MESSAGE));
    return thrown == null ? null : thrown.getMessage();
  }

  private Path file(String name, String content, String mode) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void postsJson() throws Exception {
    transport("url: '" + hook.url("/hook?a=b") + "'").deliver(MESSAGE);

    assertThat(hook.received())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.method()).isEqualTo("POST");
              assertThat(one.uri().toString()).isEqualTo("/hook?a=b");
              assertThat(one.headers().get("Content-type"))
                  .containsExactly("application/json; charset=utf-8");
              assertThat(one.headers()).doesNotContainKey("Upgrade");
              assertThat(one.body()).isEqualTo(WebhookForm.json(MESSAGE));
            });
  }

  @Test
  void addressAndSecretAreReadAtEachUse() throws Exception {
    file("u", hook.url("/send?access_token=first") + "\n", "rw-------");
    file("s", SECRET + "\n", "rw-r-----");
    WebhookTransport transport = transport("urlFile: u, secretFile: s, template: dingtalk");
    transport.deliver(MESSAGE);
    file("u", hook.url("/send?access_token=second"), "rw-------");
    transport.deliver(MESSAGE);

    assertThat(hook.received())
        .extracting(one -> one.uri().getQuery())
        .containsExactly(query("first"), query("second"));
  }

  private static String query(String token) {
    return "access_token=%s&timestamp=%s&sign=%s"
        .formatted(token, NOW.toEpochMilli(), Signatures.dingtalk(NOW, SECRET));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u | rw----r-- | urlFile FOLDER/u can be read by others; type: chmod 600 FOLDER/u",
        "s | rw-r--r-- | secretFile FOLDER/s can be read by others; type: chmod 600 FOLDER/s",
      })
  void filesThatOthersCanReadAreRefused(String name, String mode, String words) throws IOException {
    file("u", hook.url("/send?access_token=" + TOKEN), "rw-------");
    file("s", SECRET, "rw-------");
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));

    assertThat(failure(transport("urlFile: u, secretFile: s, template: feishu")))
        .isEqualTo(words.replace("FOLDER", folder.toString()));
    assertThat(hook.received()).isEmpty();
  }

  @Test
  void whatIsNoAddressIsNotShown() throws IOException {
    Path file = file("u", "hooks.example.com/services/" + TOKEN, "rw-------");

    assertThat(failure(transport("urlFile: u, template: slack")))
        .startsWith("what lies in urlFile " + file + " must be the address of a webhook")
        .doesNotContain(TOKEN);
  }

  /** A receiver that repeats all it got shows neither token nor secret nor signature. */
  @ParameterizedTest
  @CsvSource({"200", "500"})
  void noSecretIsShown_whateverTheReceiverAnswers(int status) throws IOException {
    String address = hook.url("/robot/send/" + TOKEN + "?access_token=" + TOKEN + "x");
    file("u", address, "rw-------");
    file("s", SECRET, "rw-------");
    String sign = Signatures.dingtalk(NOW, SECRET);
    hook.answers(
        status,
        "{\"errcode\": 1, \"errmsg\": \"%s %s %s %s\"}".formatted(address, TOKEN, SECRET, sign));

    assertThat(failure(transport("urlFile: u, secretFile: s, template: dingtalk")))
        .startsWith("127.0.0.1:")
        .doesNotContain(TOKEN, SECRET, sign)
        .contains("***");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slack    | 404 | no_service | answered 404: no_service",
        "json     | 503 | busy       | answered 503: busy",
        "dingtalk | 200 | {\"errcode\":310000,\"errmsg\":\"keywords not in content\"} | did not"
            + " accept the message: errcode 310000: keywords not in content",
      })
  void refusalIsToldInTheReceiversWords(String template, int status, String answer, String words) {
    hook.answers(status, answer);

    assertThat(failure(transport("template: " + template + ", url: '" + hook.url("/x") + "'")))
        .isEqualTo(hook.url("").substring("http://".length()) + " " + words);
  }

  @Test
  void redirectIsNotFollowed() {
    try (FakeWebhook elsewhere = new FakeWebhook()) {
      hook.redirectsTo(elsewhere.url("/stolen"));

      assertThat(failure(transport("url: '" + hook.url("/x") + "'")))
          .endsWith(
              "answered 302, a redirect, and none is followed: name the address that it leads to");
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void receiverThatHangsIsGivenUp() {
    hook.hangs();
    WebhookTransport transport =
        new WebhookTransport(
            settings("url: '" + hook.url("/x") + "'"),
            variable -> null,
            Clock.systemUTC(),
            Duration.ofSeconds(1));

    assertThat(failure(transport)).endsWith(" has not answered within 1 s");
  }

  @Test
  void receiverThatIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    assertThat(failure(transport("url: 'http://127.0.0.1:" + port + "/" + TOKEN + "'")))
        .isEqualTo(
            "127.0.0.1:" + port + " can't be reached; check the address, firewalls and proxies");
  }

  @Test
  void nameThatCantBeResolvedIsNamed() {
    assertThat(failure(transport("url: 'https://no-such-host.invalid/" + TOKEN + "'")))
        .isEqualTo(
            "the name of no-such-host.invalid can't be resolved; check it, and the DNS of this"
                + " host");
  }

  @Test
  void receiverWithACertificateOfItsOwnIsNotTrusted() throws Exception {
    try (FakeWebhook secured = new FakeWebhook(Certificates.in(folder).selfSigned())) {
      assertThat(failure(transport("url: '" + secured.url("/" + TOKEN) + "'")))
          .startsWith("TLS with 127.0.0.1:")
          .contains("-Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStorePassword=WORD")
          .doesNotContain(TOKEN);
      assertThat(secured.received()).isEmpty();
    }
  }

  @Test
  void endlessAnswerIsReadInPart() {
    hook.answers(500, "x".repeat(1_000_000));

    assertThat(failure(transport("url: '" + hook.url("/x") + "'"))).hasSizeLessThan(400);
  }
}
