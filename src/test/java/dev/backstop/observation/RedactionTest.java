package dev.backstop.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @Test
  void hidesTheKeysOfADestination() {
    assertThat(
            Redaction.of(
                "oss://bucket/backup?host=oss.example.com&access_id=AKID7&access_key=s3cr3t/+=="))
        .isEqualTo("oss://bucket/backup?host=oss.example.com&access_id=***&access_key=***");
  }

  @Test
  void keepsWhatFollowsAKey() {
    assertThat(Redaction.of("cos://b/p?access_key=s3cr3t&host=h&access_id=AKID7&delete_mode=tag"))
        .isEqualTo("cos://b/p?access_key=***&host=h&access_id=***&delete_mode=tag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///data/nfs/backup",
        "file:///data/access/keys/2026-03-01",
        "oss://bucket/backup?host=oss.example.com",
        "Table 'oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB' doesn't exist",
        "backup archive log in piece data directory not supported",
        "Access denied; you need SUPER or ALTER SYSTEM",
        ""
      })
  void leavesTextWithoutCredentialsUntouched(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://root:s3cr3t@10.0.0.1:2881/oceanbase",
        "nfs://s3cr3t@host/path",
        "ACCESS_KEY=s3cr3t",
        "access_key = s3cr3t",
        "access_key='s3cr3t two words'",
        "{\"access_id\":\"s3cr3t\",\"access_key\":\"s3cr3t\"}",
        "accessKey=s3cr3t",
        "accessKeyId=s3cr3t",
        "secret_key=s3cr3t",
        "password=s3cr3t",
        "password: s3cr3t",
        "encrypt_key=s3cr3t",
        "security_token=s3cr3t",
        "CREATE USER a IDENTIFIED BY 's3cr3t'",
        "open oss://b/p?access_key=s3cr3t: connection refused"
      })
  void hidesCredentialsWhereverTheyStand(String text) {
    assertThat(Redaction.of(text)).contains("***").doesNotContain("s3cr3t");
  }

  @Test
  void isDoneOnceAndForAll() {
    String once = Redaction.of("oss://b?access_id=AKID7&access_key=s3cr3t");

    assertThat(Redaction.of(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_key='s3cr3t and no end",
        "IDENTIFIED BY \"s3cr3t and no end",
        "{'password': 's3cr3t",
        "my_token:s3cr3t",
        "IDENTIFIED BY s3cr3t&s3cr3t"
      })
  void hidesValueThatWasCutOnItsWay(String text) {
    assertThat(Redaction.of(text)).contains("***").doesNotContain("s3cr3t");
  }

  /** Backtracking took seconds for some of these, and recursion ended the process for others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "_",
        "a_",
        "3.",
        ":",
        "=",
        " ",
        "'",
        "://",
        "a://",
        "@",
        "access_key",
        "access_key=",
        "access_key='",
        "access_key=\"'",
        "password: ",
        "identified by ",
        "identified ",
        "token ",
        "_token",
        "secret_",
        "a=b&",
        "mysql://u",
        "pwd\"",
        "\u00e9",
        "x@"
      })
  void takesTimeInProportionToTheLength(String part) {
    CountedText text = new CountedText(part.repeat(100_000 / part.length()) + "\u0001");

    Redaction.of(text);

    assertThat(text.stepsPerCharacter()).isLessThan(40);
  }
}
