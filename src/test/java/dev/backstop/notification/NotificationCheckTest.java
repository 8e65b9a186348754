package dev.backstop.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.ConfReader;
import dev.backstop.config.NotificationSettings;
import dev.backstop.notification.NotificationCheck.Finding;
import dev.backstop.testing.FakeWebhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationCheckTest {

  @TempDir private Path folder;
  private Path conf;

  @BeforeEach
  void lay() throws IOException {
    conf = Files.createDirectory(folder.resolve("conf")).resolve("backstop.yaml");
    file("conf/backstop.yaml", "", "rw-r-----");
    file("u", "https://oapi.dingtalk.com/robot/send?access_token=t0ken", "rw-------");
    file("s", "SECret", "rw-------");
    file("open", "SECret", "rw-r--r--");
    file("page", "#!/bin/sh\n", "rwxr-xr-x");
    file("notes", "no program", "rw-r--r--");
  }

  private void file(String name, String content, String mode) throws IOException {
    Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private NotificationCheck check(String flow) {
    String text =
        "notifications: [{name: dba, %s}]\nclusters: {hz: {endpoints: ['h:1'], user: u@sys, passwordFile: p}}"
            .formatted(flow);
    NotificationSettings settings =
        Objects.requireNonNull(
                new ConfReader("host", ZoneOffset.UTC)
                    .read(conf, text.getBytes(StandardCharsets.UTF_8))
                    .settings())
            .notifications()
            .get(0);
    return new NotificationCheck(settings, conf, Map.of("PATH", folder.toString())::get);
  }

  private Finding examine(String flow) {
    Finding found = check(flow).examine();
    return new Finding(
        found.isGood(),
        found.words().replace(folder.toString(), "FOLDER"),
        found.repair().replace(folder.toString(), "FOLDER"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "urlFile: u, secretFile: s, template: dingtalk | dingtalk to oapi.dingtalk.com, signed",
        "'url: \"http://localhost:8080/x\"'            | json to localhost",
        "'url: \"http://[::1]:8080/x\"'                | json to [::1]",
        "exec: [./page]                                | exec FOLDER/page, which is there and can"
            + " be run",
        "'exec: [page, s3cret]'                        | exec page, which is there and can be run",
      })
  void whatCanBeSentByIsNamed(String flow, String words) {
    assertThat(examine(flow)).isEqualTo(new Finding(true, words, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "urlFile: none | urlFile FOLDER/none can't be read: no such file; create it with mode 600 |"
            + " mend that, and see it arrive: backstop notify --test dba",
        "urlFile: u, secretFile: open, template: feishu | secretFile FOLDER/open can be read by"
            + " others; type: chmod 600 FOLDER/open | mend that, and see it arrive: backstop notify"
            + " --test dba",
        "exec: [none]    | exec none: there is no such program | install it, or name its path in"
            + " exec",
        "exec: [./notes] | exec FOLDER/notes: this user may not run FOLDER/notes | as its owner"
            + " type: chmod a+x FOLDER/notes",
      })
  void whatIsWrongIsNamedWithItsRepair(String flow, String words, String repair) {
    assertThat(examine(flow)).isEqualTo(new Finding(false, words, repair));
  }

  @Test
  void addressInAConfigurationThatOthersCanReadIsWarnedOf() throws IOException {
    String flow = "url: 'https://hooks.slack.com/services/T0/B0/t0ken', template: slack";
    assertThat(examine(flow)).isEqualTo(new Finding(true, "slack to hooks.slack.com", ""));
    file("conf/backstop.yaml", "", "rw-r--r--");

    assertThat(examine(flow))
        .isEqualTo(
            new Finding(
                true,
                "slack to hooks.slack.com; warning: every user of this machine can read its"
                    + " address in FOLDER/conf/backstop.yaml",
                "put the address into a file of mode 600 and name that with urlFile"));
  }

  @Test
  void addressWithoutTlsIsWarnedOf() {
    assertThat(examine("url: 'http://10.0.0.9/x'"))
        .isEqualTo(
            new Finding(
                true,
                "json to 10.0.0.9; warning: http:// sends it over the network in plain",
                "use https://"));
  }

  @Test
  void testMessageIsMarkedAsOne_andItsRefusalIsTold() throws Exception {
    try (FakeWebhook hook = new FakeWebhook()) {
      NotificationCheck check =
          check("keyword: ob, template: wecom, url: '" + hook.url("/send?key=k3y") + "'");
      check.sendTest("backstop-1", Clock.systemUTC());
      assertThat(hook.bodies())
          .singleElement()
          .asString()
          .contains("ob Backstop backstop-1: test of notification dba");
      hook.answers(200, "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}");

      assertThatThrownBy(() -> check.sendTest("backstop-1", Clock.systemUTC()))
          .isInstanceOf(DeliveryException.class)
          .hasMessageEndingWith("errcode 93000: invalid webhook url");
    }
  }
}
