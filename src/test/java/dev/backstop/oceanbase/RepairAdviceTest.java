package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.config.Secret;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairAdviceTest {

  @ParameterizedTest
  @CsvSource({
    "watcher@sys, 'watcher'",
    "watcher@sys#hz:7, 'watcher'",
    "hz:sys:watcher, 'watcher'",
    "watcher, 'watcher'"
  })
  void returnsGrantToType(String user, String grantee) {
    String name = grantee.replace("'", "");

    assertThat(repair(user).message(QueryPart.PIECES, new SQLException("denied", "42000", 1142)))
        .contains("oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB can't be read (1142: denied)")
        .endsWith("GRANT SELECT ON oceanbase.* TO '" + name + "'");
  }

  @Test
  void namesVersionAndTenant_whereViewIsNotThere() {
    SQLException e = new SQLException("Table 'x' doesn't exist", "42S02", 1146);

    assertThat(repair("root@sys").message(QueryPart.PIECES, e))
        .contains("from 2.2.77 on", "tenant sys", "root@sys");
    assertThat(repair("root@sys").message(QueryPart.SETS, e)).contains("from 2.2.76 on");
  }

  @Test
  void namesColumnAndVersion_whereViewIsNarrower() {
    SQLException e =
        new SQLException("Unknown column 'BACKUP_DEST' in 'field list'", "42S22", 1054);

    assertThat(repair("root@sys").message(QueryPart.SETS, e)).contains("BACKUP_DEST", "3.1.0");
  }

  private static RepairAdvice repair(String user) {
    return new RepairAdvice(
        new ClusterSettings(
            "hz",
            List.of(new Endpoint("localhost", 2881)),
            user,
            new Secret(Secret.Source.ENVIRONMENT, "PW"),
            new Tls(Tls.Mode.DISABLED, null),
            null,
            Duration.ofSeconds(5),
            Duration.ofSeconds(60)));
  }
}
