package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.Statement;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorsTest {

  /** Every error of docs/oceanbase.md#errors, as the answer to a look and to a statement. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1227 | 42501 | Access denied                                  | NO_PRIVILEGE  | REFUSED",
        "1227 | 42501 | Access denied; you need SUPER or ALTER SYSTEM  | NO_PRIVILEGE  | REFUSED",
        "1045 | 42000 | Access denied for user 'root'@'x'              | LOGIN_REFUSED | UNKNOWN",
        "1235 | 0A000 | Not supported feature or function              | SERVER_ERROR  | REFUSED",
        "1235 | 0A000 | backup archive log if job exist not supported  | SERVER_ERROR  | REFUSED",
        "1064 | 42000 | You have an error in your SQL syntax           | SERVER_ERROR  | REFUSED",
        "1142 | 42000 | SELECT command denied to user                  | NO_PRIVILEGE  | REFUSED",
        "1146 | 42S02 | Table 'oceanbase.X' doesn't exist              | MISSING       | REFUSED",
        "1054 | 42S22 | Unknown column 'BACKUP_DEST' in 'field list'   | MISSING       | REFUSED",
        "1049 | 42000 | Unknown database 'oceanbase'                   | MISSING       | REFUSED",
        "9049 | HY000 | backup status is stopped, can not cancel       | SERVER_ERROR  | UNKNOWN",
        "9041 | HY000 | cancel backup do not allow                     | SERVER_ERROR  | UNKNOWN",
        "9024 | HY000 | log archive backup is already disabled         | SERVER_ERROR  | UNKNOWN",
        "9053 | HY000 | cancel delete backup do not allow              | SERVER_ERROR  | UNKNOWN",
        "9036 | HY000 | Backup is in progress                          | SERVER_ERROR  | UNKNOWN",
        "9026 | HY000 | backup destination is not valid                | SERVER_ERROR  | UNKNOWN",
        "4023 | HY000 | Try again                                      | SERVER_ERROR  | UNKNOWN",
        "4012 | HY000 | Timeout                                        | TIMEOUT       | UNKNOWN",
        "4012 | 25000 | Statement is timeout                           | TIMEOUT       | UNKNOWN",
        "4012 | 25000 | Transaction is timeout                         | TIMEOUT       | UNKNOWN",
        "4012 | HY000 | RPC send error                                 | TIMEOUT       | UNKNOWN",
        "4124 | HY000 | Connect error                                  | SERVER_ERROR  | UNKNOWN",
        "4638 | HY000 | The RootServer is not the master               | SERVER_ERROR  | UNKNOWN",
        "4512 | HY000 | RootServer state error                         | SERVER_ERROR  | UNKNOWN",
        "4550 | HY000 | rootservice is shutdown                        | SERVER_ERROR  | UNKNOWN",
        "4162 | HY000 | reserved lease not enough                      | SERVER_ERROR  | UNKNOWN",
        "4527 | F0000 | Configuration not sync                         | SERVER_ERROR  | UNKNOWN",
        "4038 | HY000 | The observer or zone is not the master         | SERVER_ERROR  | UNKNOWN",
        "8001 | 08004 | Server is initializing                         | SERVER_ERROR  | UNKNOWN",
        "8002 | 08004 | Server is stopping                             | SERVER_ERROR  | UNKNOWN",
        "4114 | 08S01 | In STOP state                                  | SERVER_ERROR  | UNKNOWN",
        "1205 | HY000 | Lock wait timeout exceeded                     | SERVER_ERROR  | UNKNOWN",
        "6002 | 40000 | Transaction rollbacked                         | SERVER_ERROR  | UNKNOWN",
        "1210 | HY000 | Incorrect arguments to STOP                    | SERVER_ERROR  | RACE",
        "5150 | HY000 | Tenant not in this server                      | SERVER_ERROR  | UNKNOWN",
        "5260 | HY000 | Tenant is locked                               | SERVER_ERROR  | UNKNOWN",
        "1040 | 08004 | Too many connections                           | SERVER_ERROR  | UNKNOWN",
        "1317 | 70100 | Query execution was interrupted                | TIMEOUT       | UNKNOWN",
        "4016 | HY000 | Internal error                                 | SERVER_ERROR  | UNKNOWN",
        "4018 | HY000 | Entry not exist                                | SERVER_ERROR  | UNKNOWN",
        "0    | 08S01 | Communications link failure                    | UNREACHABLE   | UNKNOWN",
        "0    | S1009 | something the driver did not understand        | MALFORMED     | UNKNOWN"
      })
  void classifiesEveryKnownError(
      int number, String state, String text, Cause cause, Result result) {
    SQLException e = new SQLException(text, state, number);

    assertThat(ServerErrors.cause(e)).isEqualTo(cause);
    assertThat(ServerErrors.result(Statement.STOP_ARCHIVELOG.sql(), e)).isEqualTo(result);
  }

  /** The meaning of 1210 depends on the statement. */
  @ParameterizedTest
  @CsvSource({
    "ALTER SYSTEM CANCEL BACKUP BACKUPSET, REFUSED",
    "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE, REFUSED",
    "ALTER SYSTEM STOP BACKUP ARCHIVELOG, RACE",
    "ALTER SYSTEM CANCEL ALL BACKUP FORCE, RACE",
    "SELECT 1, UNKNOWN"
  })
  void classifiesWrongArgumentByStatement(String sql, Result result) {
    assertThat(ServerErrors.result(sql, new SQLException("Invalid argument", "HY000", 1210)))
        .isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(ints = {1045, 1698, 1820, 1862, 3118, 3955, 4151})
  void classifiesEveryRefusalOfTheAccountAsRefusedLogin(int number) {
    assertThat(ServerErrors.cause(new SQLException("no", "HY000", number)))
        .isEqualTo(Cause.LOGIN_REFUSED);
  }

  @Test
  void classifiesTooManyConnectionsAsTransient() {
    assertThat(ServerErrors.cause(new SQLException("max_user_connections", "42000", 1226)))
        .isEqualTo(Cause.SERVER_ERROR);
  }

  @Test
  void explainsMessagesThatAreKeys() {
    String plugin = "!AuthenticationProvider.BadAuthenticationPlugin!";

    assertThat(ServerErrors.message(new SQLException(plugin)))
        .contains("mysql_native_password")
        .doesNotContain("!");
    assertThat(ServerErrors.message(new SQLException("!Buffer.1!")))
        .isEqualTo("the driver gave up: Buffer.1");
  }

  @ParameterizedTest
  @CsvSource({
    "1044, true", "1049, true", "1054, true", "1064, true", "1142, true", "1143, true",
    "1146, true", "1193, true", "1227, true", "1235, true", "1267, true", "1305, true",
    "1045, false", "4012, false", "4638, false", "1040, false", "0, false"
  })
  void triesPartsAlone_onlyAfterErrorsOfOnePart(int number, boolean ofOnePart) {
    assertThat(ServerErrors.isOfOnePart(new SQLException("x", "HY000", number)))
        .isEqualTo(ofOnePart);
  }

  @Test
  void distinguishesTimeoutFromDisconnect() {
    SQLException silence =
        new SQLException("link failure", "08S01", new SocketTimeoutException("Read timed out"));
    SQLException cut = new SQLException("link failure", "08S01");

    assertThat(ServerErrors.cause(silence)).isEqualTo(Cause.TIMEOUT);
    assertThat(ServerErrors.cause(cut)).isEqualTo(Cause.UNREACHABLE);
    assertThat(ServerErrors.result(Statement.CANCEL_BACKUPSET.sql(), silence))
        .isEqualTo(Result.UNKNOWN);
    assertThat(ServerErrors.message(silence)).isEqualTo("no answer in time");
    assertThat(ServerErrors.message(cut)).isEqualTo("the connection was cut");
    assertThat(ServerErrors.cause(new SQLException("read 11 bytes", "S1000", new EOFException())))
        .isEqualTo(Cause.UNREACHABLE);
  }

  @Test
  void returnsMessageOfServer_withoutCredentialsOrLineBreaks() {
    SQLException e =
        new SQLException(
            "destination oss://b/p?access_id=ID77&access_key=KEY77\n is not valid", "HY000", 9026);

    assertThat(ServerErrors.message(e))
        .startsWith("9026: destination oss://b/p?")
        .doesNotContain("ID77", "KEY77", "\n");
  }

  @Test
  void shortensLongMessages() {
    assertThat(ServerErrors.message(new SQLException("x".repeat(5000), "HY000", 4016)))
        .hasSizeLessThan(600);
  }
}
