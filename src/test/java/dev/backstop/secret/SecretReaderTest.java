package dev.backstop.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.Secret;
import dev.backstop.config.Secret.Source;
import dev.backstop.observation.Redaction;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretReaderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'s3cret'      | 's3cret'",
        "'s3cret\n'    | 's3cret'",
        "'s3cret\r\n'  | 's3cret'",
        "'s3cret\n\n'  | 's3cret\n'",
        "' s3cret '    | ' s3cret '",
        "''            | ''",
        "'密码'         | '密码'"
      })
  void dropsOneTrailingNewlineAndNothingElse(String content, String password) throws Exception {
    assertThat(read(file(content, "rw-------")).text()).isEqualTo(password);
  }

  @ParameterizedTest
  @CsvSource({"rw----r--", "rw-r--r--", "r--r--r--"})
  void refusesFileThatOthersCanRead_namingTheRepair(String mode) throws IOException {
    Path file = file("s3cret", mode);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(SecretException.class)
        .hasMessage("passwordFile " + file + " can be read by others; type: chmod 600 " + file);
  }

  /** As Kubernetes mounts a secret for a group of the daemon (fsGroup). */
  @ParameterizedTest
  @CsvSource({"r--r-----", "rw-r-----", "rw-rw----"})
  void takesFileThatItsGroupCanRead(String mode) throws Exception {
    assertThat(read(file("s3cret", mode)).text()).isEqualTo("s3cret");
  }

  @Test
  @Needs(Need.ROOT)
  void repairOfAnothersFileIsOneThatItsOwnerCanMake_andKeepsTheGroup() throws Exception {
    Path file = file("s3cret", "rw-r--r--");
    Files.setOwner(
        file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    assertThatThrownBy(() -> read(file))
        .hasMessage(
            "passwordFile %s can be read by others; as its owner nobody type: chmod o= %s (its"
                + " group may read it; in Kubernetes: defaultMode: 0440 and fsGroup)",
            file, file);
  }

  @Test
  void credentialsOfTheRunningUnitAreFoundByAPersonToo() throws Exception {
    Files.writeString(folder.resolve("hz"), "s3cret\n");
    SecretReader passwords = new SecretReader(name -> null, folder);

    assertThat(passwords.read(new Secret(Source.CREDENTIAL, "hz")).text()).isEqualTo("s3cret");
  }

  @Test
  void namesMissingFile() {
    assertThatThrownBy(() -> read(folder.resolve("none")))
        .isInstanceOf(SecretException.class)
        .hasMessageContaining(folder.resolve("none").toString())
        .hasMessageContaining("no such file");
  }

  @Test
  void refusesWhatIsNoPassword() throws IOException {
    Path large = file("x".repeat(5000), "rw-------");
    Path binary = folder.resolve("binary");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rw-------"));

    assertThatThrownBy(() -> read(large)).hasMessageContaining("more than 4096 bytes");
    assertThatThrownBy(() -> read(binary)).hasMessageContaining("is not UTF-8 text");
  }

  @Test
  void linkIsJudgedByWhatItLeadsTo() throws Exception {
    Path open = file("s3cret", "rw-r--r--");
    Path closed = file("s3cret", "rw-------");
    Path toOpen = Files.createSymbolicLink(folder.resolve("to-open"), open);
    Path toClosed = Files.createSymbolicLink(folder.resolve("to-closed"), closed);

    assertThat(read(toClosed).text()).isEqualTo("s3cret");
    assertThatThrownBy(() -> read(toOpen)).hasMessageContaining("can be read by others");
  }

  /** A pipe that nobody writes would hold the look for ever. */
  @Test
  @Timeout(20)
  void pipeIsRefused_insteadOfWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start().waitFor())
        .isZero();

    assertThatThrownBy(() -> read(pipe))
        .hasMessage("passwordFile " + pipe + " is not a regular file");
    assertThatThrownBy(() -> read(folder)).hasMessageContaining("is not a regular file");
  }

  @Test
  void tellsTouchedFileFromTheSameContentBefore() throws Exception {
    Path file = file("s3cret", "rw-------");
    SecretValue before = read(file);
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(12345));

    assertThat(read(file)).isNotEqualTo(before).extracting(SecretValue::text).isEqualTo("s3cret");
  }

  @Test
  void readsVariable() throws Exception {
    SecretReader passwords = new SecretReader(Map.of("PW", "s3cret")::get);

    assertThat(passwords.read(new Secret(Source.ENVIRONMENT, "PW")).text()).isEqualTo("s3cret");
    assertThatThrownBy(() -> passwords.read(new Secret(Source.ENVIRONMENT, "OTHER")))
        .hasMessage("passwordEnv OTHER is not set; set that variable where Backstop is started");
  }

  @Test
  void readsSystemdCredential_whateverItsMode() throws Exception {
    Files.writeString(folder.resolve("hz"), "s3cret\n");
    Files.setPosixFilePermissions(
        folder.resolve("hz"), PosixFilePermissions.fromString("r--r-----"));
    SecretReader passwords =
        new SecretReader(Map.of("CREDENTIALS_DIRECTORY", folder.toString())::get);

    assertThat(passwords.read(new Secret(Source.CREDENTIAL, "hz")).text()).isEqualTo("s3cret");
    assertThatThrownBy(() -> passwords.read(new Secret(Source.CREDENTIAL, "../hz")))
        .hasMessageContaining("must name a credential, not a path");
  }

  /** Its name is no secret, and what is missing is a line of the unit, not a file. */
  @Test
  void namesMissingCredential_andTheUnitSettings_readablyAfterRedactionToo() {
    SecretReader passwords =
        new SecretReader(Map.of("CREDENTIALS_DIRECTORY", folder.toString())::get);
    String words =
        "systemd credential hz-prod can't be read: there is none of this name; add"
            + " LoadCredential=hz-prod:<file> or SetCredentialEncrypted=hz-prod:<text> to the"
            + " systemd unit";

    assertThatThrownBy(() -> passwords.read(new Secret(Source.CREDENTIAL, "hz-prod")))
        .isInstanceOf(SecretException.class)
        .hasMessage(words);
    assertThat(Redaction.of(words)).isEqualTo(words);
  }

  @Test
  void namesUnitSetting_withoutCredentialsFolder() {
    SecretReader passwords = new SecretReader(name -> null, folder.resolve("none"));

    assertThatThrownBy(() -> passwords.read(new Secret(Source.CREDENTIAL, "hz")))
        .hasMessage(
            "systemd credential hz needs CREDENTIALS_DIRECTORY, which is not set; start"
                + " backstop.service and run this again as its user (sudo -u backstop backstop), or"
                + " add LoadCredential=hz:<file> or SetCredentialEncrypted=hz:<text> to the systemd"
                + " unit");
  }

  @Test
  void neverShowsPassword() {
    assertThat(new SecretValue("s3cret", 1).toString()).doesNotContain("s3cret");
  }

  private Path file(String content, String mode) throws IOException {
    Path file = Files.createTempFile(folder, "pw", "");
    Files.writeString(file, content, StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  private static SecretValue read(Path file) throws SecretException {
    return new SecretReader(name -> null).read(new Secret(Source.FILE, file.toString()));
  }
}
