package dev.backstop.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.Settings;
import dev.backstop.daemon.Permissions.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {

  @TempDir private Path folder;

  @BeforeEach
  void lay() throws IOException {
    for (String name : List.of("conf", "policies", "policies/team", "state", "secrets")) {
      Files.createDirectory(folder.resolve(name));
      mode(name, "rwxr-xr-x");
    }
    write("conf/backstop.yaml", "");
    write("policies/hz.yaml", "cluster: hz\nsecondaryBackup: off\n");
    write("policies/team/sh.YML", "cluster: hz\nsecondaryBackup: off\n");
    write("policies/notes.md", "none\n");
    write("secrets/hz", "s3cret\n");
    mode("secrets/hz", "rw-------");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    mode(name, "rw-r--r--");
  }

  private void mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private List<Finding> findings(String password) throws IOException {
    Files.writeString(
        folder.resolve("conf/backstop.yaml"),
        """
        policies: {directory: policies}
        state: {url: "jdbc:sqlite:state/backstop.db"}
        clusters:
          hz: {endpoints: ['127.0.0.1:1'], user: root@sys, %s}
        """
            .formatted(password));
    Settings settings = new ConfigurationFile(folder.resolve("conf/backstop.yaml")).load();
    return new Permissions(Map.of("EMPTY", "")::get).findings(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "state, rwxr-xrwx, the state folder",
    "policies, rwxr-xrwx, the policy folder",
    "policies/team, rwxr-xrwx, of the policies",
    "policies/hz.yaml, rw-r--rw-, of the policies",
    "policies/team/sh.YML, rw-r--rw-, of the policies",
    "conf/backstop.yaml, rw-r--rw-, the configuration",
    "conf, rwxr-xrwx, the folder of backstop.yaml",
    "secrets, rwxr-xrwx, the folder of hz",
    "secrets/hz, rw-----w-, a password",
  })
  void whatEveryUserCanWriteIsNamedWithItsRepair(String name, String mode, String what)
      throws IOException {
    mode(name, mode);
    String path = folder.resolve(name).toString();

    assertThat(findings("passwordFile: secrets/hz"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.place()).isEqualTo(path);
              assertThat(one.words()).contains("every user", what);
              assertThat(one.repair()).isEqualTo("chmod o-w '" + path + "'");
            });
  }

  @Test
  void ownerAndGroupMayWrite_andOtherFilesMatterNot() throws IOException {
    for (String name : List.of("conf", "policies", "policies/team", "state", "secrets")) {
      mode(name, "rwxrwxr-x");
    }
    mode("policies/notes.md", "rw-rw-rw-");

    assertThat(findings("passwordFile: secrets/hz")).isEmpty();
  }

  @Test
  void stickyFolderKeepsFilesFromBeingReplaced_butNotFromBeingAdded() throws IOException {
    for (String name : List.of("conf", "policies", "state", "secrets")) {
      Files.setAttribute(folder.resolve(name), "unix:mode", 01777);
    }

    assertThat(findings("passwordFile: secrets/hz"))
        .extracting(Finding::place)
        .containsExactly(folder.resolve("state").toString(), folder.resolve("policies").toString());
  }

  @Test
  void notificationsSecretsAndProgramsAreExamined() throws IOException {
    write("secrets/sign", "");
    write("secrets/page", "#!/bin/sh\n");
    mode("secrets/page", "rwxr-xrwx");
    String password =
        """
        passwordFile: secrets/hz}
        notifications:
          - {name: dba, template: feishu, url: 'http://h/x', secretFile: secrets/sign}
          - {name: pager, exec: [secrets/page]\
        """;

    assertThat(findings(password))
        .extracting(one -> one.place() + " " + one.words())
        .containsExactly(
            "secretFile " + folder.resolve("secrets/sign") + " is empty",
            folder.resolve("secrets/page")
                + " every user of this machine can write the program of notification pager");
  }

  @ParameterizedTest
  @CsvSource({"''", "'\n'", "'\r\n'"})
  void emptyPasswordIsNamed(String content) throws IOException {
    Files.writeString(folder.resolve("secrets/hz"), content);

    assertThat(findings("passwordFile: secrets/hz"))
        .singleElement()
        .satisfies(one -> assertThat(one.words()).contains("is empty"));
    assertThat(findings("passwordEnv: EMPTY"))
        .singleElement()
        .satisfies(one -> assertThat(one.place()).isEqualTo("passwordEnv EMPTY"));
  }
}
