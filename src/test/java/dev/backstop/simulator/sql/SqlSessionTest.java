package dev.backstop.simulator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.simulator.cluster.Reply;
import dev.backstop.testing.ScriptedCluster;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSessionTest {

  private final ScriptedCluster cluster = new ScriptedCluster();
  private final SharedCluster shared =
      new SharedCluster(
          cluster, Clock.fixed(Instant.parse("2026-11-23T04:05:06.789Z"), ZoneOffset.UTC));
  private final SqlSession session = open(Account.administrator("root", "sys", "secret"));

  private SqlSession open(Account account) {
    SqlSession opened = new SqlSession(shared, account, 42, new LoneSession());
    opened.useDatabase("oceanbase");
    return opened;
  }

  /** Knows of no other session. */
  private static final class LoneSession implements SessionDirectory {
    @Override
    public List<Entry> sessions() {
      return List.of();
    }

    @Override
    public boolean kill(long id) {
      return false;
    }

    @Override
    public boolean killQuery(long id) {
      return false;
    }
  }

  private ResultTable rows(String sql) {
    Answer answer = session.execute(sql);
    assertThat(answer.message()).as(sql).isEmpty();
    return answer.table();
  }

  private static String joined(ResultTable table) {
    StringBuilder text = new StringBuilder();
    for (List<?> row : table.rows()) {
      text.append(text.isEmpty() ? "" : " / ");
      row.forEach(value -> text.append(value).append(","));
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "::",
      quoteCharacter = '~',
      textBlock =
          """
          SELECT NULL IS NULL, NOT 5, 1 && 0, 1 || 0                     :: 1,0,0,1
          SELECT now(), now(3)                                            :: 2026-11-23 04:05:06,2026-11-23 04:05:06.789
          SELECT unix_timestamp(), unix_timestamp('1970-01-02 00:00:00')  :: 1795406706,86400
          SELECT CAST('12ab' AS SIGNED), CAST(5 AS CHAR), CAST(1 = 1 AS CHAR) :: 12,5,1
          SELECT concat('a', 1, NULL), concat('a', 1)                     :: null,a1
          SELECT /*+ READ_CONSISTENCY(STRONG) */ 1 -- end                 :: 1
          SELECT effective_tenant_id(), ob_version(), connection_id()     :: 1,3.2.3.1,42
          SELECT user(), current_user(), database()                       :: root@127.0.0.1,root@%,oceanbase
          SELECT host_ip(), rpc_port()                                    :: 10.0.0.1,2882
          SELECT @@ob_query_timeout, @@session.autocommit, @@tx_isolation :: 10000000,1,READ-COMMITTED
          SELECT 1 FROM DUAL WHERE 1 IN (1, 2) AND 2 NOT IN (1)           :: 1
          SELECT COUNT(*) FROM CDB_OB_BACKUP_BACKUPPIECE_JOB              :: 2
          SELECT job_id FROM CDB_OB_BACKUP_BACKUPPIECE_JOB ORDER BY job_id DESC LIMIT 1 :: 8
          SELECT value FROM __all_tenant_backup_info WHERE value = 1      :: 1
          SELECT COUNT(*) FROM __all_tenant_backup_info WHERE value = 0   :: 1
          SELECT START_TIME, CAST(START_TIME AS CHAR), COMPRESSION_RATIO FROM CDB_OB_BACKUP_BACKUPSET_TASK WHERE JOB_ID = 3 :: 2026-11-23 01:02:03.450000,2026-11-23 01:02:03.450000,1.50
          SELECT NULL UNION ALL SELECT 'x' UNION ALL SELECT NULL LIMIT 2  :: null / x
          SELECT 'a' = 'A', 'a' = 'a ', 'é' = 'e', 'a' = ' a', '😀' = '😁', '支' = '付'  :: 1,1,1,0,1,0
          SELECT 'B' < 'a', 'a' IN ('A', 'b'), 'abc' LIKE 'A_c', 'é' LIKE 'e'    :: 0,1,1,1
          SELECT tenant_id FROM __all_tenant WHERE tenant_name = 'PÁY '   :: 1001
          SELECT CAST('1.9' AS SIGNED), CAST('1e3' AS SIGNED) :: 1,1
          SELECT CAST('99999999999999999999' AS SIGNED), CAST('-99999999999999999999' AS SIGNED) :: 9223372036854775807,-9223372036854775808
          SELECT CAST(START_TIME AS SIGNED) FROM CDB_OB_BACKUP_BACKUPSET_TASK WHERE JOB_ID = 3 :: 20261123010203
          SELECT '5a' = 5, 'x' = 0                                        :: 1,1
          SELECT utc_timestamp()                                          :: 2026-11-23 04:05:06
          SHOW TENANT                                                     :: sys
          SHOW VARIABLES LIKE 'version_comment'                           :: version_comment,OceanBase 3.2.3.1 (r1-abc) (Built Jan 1 2023)
          SHOW PARAMETERS LIKE 'cluster_id' TENANT = sys                  :: z1,observer,10.0.0.1,2882,cluster_id,null,7,,,CLUSTER,DEFAULT,DYNAMIC_EFFECTIVE
          SHOW TABLES LIKE '%PIECE%'                                      :: CDB_OB_BACKUP_BACKUPPIECE_JOB
          SHOW DATABASES WHERE `Database` = 'test'                        :: test
          """)
  void answersAsMySqlDoes(String sql, String expected) {
    assertThat(joined(rows(sql))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "::",
      quoteCharacter = '~',
      textBlock =
          """
          SELECT * FROM nosuch                    :: 1146 :: 42S02 :: Table 'oceanbase.nosuch' doesn't exist
          SELECT * FROM nowhere.t                 :: 1146 :: 42S02 :: Table 'nowhere.t' doesn't exist
          SELECT nocol FROM __all_tenant          :: 1054 :: 42S22 :: Unknown column 'nocol' in 'field list'
          SELECT @@nosuch                         :: 1193 :: HY000 :: Unknown system variable 'nosuch'
          SET nosuch = 1                          :: 1193 :: HY000 :: Unknown system variable 'nosuch'
          SELECT nofn(1)                          :: 1305 :: 42000 :: FUNCTION nofn does not exist
          SELECT file_read('/etc/passwd')         :: 1305 :: 42000 :: FUNCTION file_read does not exist
          USE nowhere                             :: 1049 :: 42000 :: Unknown database 'nowhere'
          DROP TABLE __all_tenant                 :: 1235 :: 0A000 :: DROP not supported
          SELECT 1 FROM __all_tenant WHERE NoCol = 1 :: 1054 :: 42S22 :: Unknown column 'NoCol' in 'where clause'
          SELECT 1 FROM __all_tenant t ORDER BY t.x :: 1054 :: 42S22 :: Unknown column 't.x' in 'order clause'
          SELECT * FROM NoSuch                    :: 1146 :: 42S02 :: Table 'oceanbase.nosuch' doesn't exist
          SELECT CAST(1 AS UNSIGNED)              :: 1235 :: 0A000 :: CAST AS UNSIGNED not supported
          SELECT date_format(now(), '%Y')         :: 1305 :: 42000 :: FUNCTION date_format does not exist
          SELECT H2VERSION()                      :: 1305 :: 42000 :: FUNCTION H2VERSION does not exist
          SELECT 1 XOR 0                          :: 1235 :: 0A000 :: XOR not supported
          SELECT 1 + 1                            :: 1235 :: 0A000 :: + not supported
          SELECT now() - INTERVAL 1 DAY           :: 1235 :: 0A000 :: - not supported
          SELECT 1e3                              :: 1235 :: 0A000 :: The number 1e3 not supported
          SELECT 1.5                              :: 1235 :: 0A000 :: The number 1.5 not supported
          SELECT 1 UNION ALL SELECT 'x'           :: 1235 :: 0A000 :: UNION of different types not supported
          SELECT @x                               :: 1235 :: 0A000 :: User variable @x not supported
          SELECT CASE WHEN 1 THEN 2 END           :: 1235 :: 0A000 :: CASE not supported
          SELECT 1 /*!50000 + 1 */                :: 1235 :: 0A000 :: /*! not supported
          SELECT if(1 < 2, 'yes', 'no')           :: 1305 :: 42000 :: FUNCTION if does not exist
          SELECT (SELECT 1)                       :: 1235 :: 0A000 :: A subquery outside IN not supported
          SELECT 1 FROM (SELECT 1 a) u            :: 1235 :: 0A000 :: A subquery in FROM not supported
          SELECT 1 FROM __all_tenant a, __all_tenant b :: 1235 :: 0A000 :: , not supported
          SELECT 1 FROM __all_tenant a JOIN __all_tenant b :: 1235 :: 0A000 :: JOIN not supported
          SELECT t.* FROM __all_tenant t          :: 1235 :: 0A000 :: t.* not supported
          SELECT tenant_id, COUNT(*) FROM __all_tenant GROUP BY 1 :: 1235 :: 0A000 :: GROUP not supported
          SELECT tenant_id, COUNT(*) FROM __all_tenant :: 1235 :: 0A000 :: A column beside COUNT(*) not supported
          SELECT COUNT(tenant_id) FROM __all_tenant :: 1235 :: 0A000 :: COUNT of an expression not supported
          SELECT max(tenant_id) FROM __all_tenant :: 1305 :: 42000 :: FUNCTION max does not exist
          SELECT DISTINCT 1                       :: 1235 :: 0A000 :: DISTINCT not supported
          SELECT 1 UNION SELECT 1                 :: 1235 :: 0A000 :: UNION without ALL not supported
          SELECT 1 a UNION ALL SELECT 2 ORDER BY a :: 1235 :: 0A000 :: ORDER BY of a UNION not supported
          WITH t AS (SELECT 1) SELECT 1           :: 1235 :: 0A000 :: WITH not supported
          SELECT 1 FROM information_schema.tables :: 1235 :: 0A000 :: information_schema not supported
          SET GLOBAL wait_timeout = 5             :: 1235 :: 0A000 :: SET GLOBAL not supported
          SHOW CREATE TABLE __all_tenant          :: 1235 :: 0A000 :: SHOW CREATE not supported
          SHOW ERRORS                             :: 1235 :: 0A000 :: SHOW ERRORS not supported
          SELECT BINARY 'a' = 'A'                 :: 1235 :: 0A000 :: BINARY not supported
          SET ob_query_timeout = 'abc'            :: 1232 :: 42000 :: Incorrect argument type to variable 'ob_query_timeout'
          SET ob_query_timeout = '15'             :: 1232 :: 42000 :: Incorrect argument type to variable 'ob_query_timeout'
          SET wait_timeout = 0                    :: 1231 :: 42000 :: Variable 'wait_timeout' can't be set to the value of '0'
          SET wait_timeout = NULL                 :: 1232 :: 42000 :: Incorrect argument type to variable 'wait_timeout'
          SET autocommit = 2                      :: 1231 :: 42000 :: Variable 'autocommit' can't be set to the value of '2'
          SET sql_mode = 'NOSUCH'                 :: 1231 :: 42000 :: Variable 'sql_mode' can't be set to the value of 'NOSUCH'
          SET tx_isolation = 'nosuch'             :: 1231 :: 42000 :: Variable 'tx_isolation' can't be set to the value of 'nosuch'
          SET NAMES nosuch                        :: 1115 :: 42000 :: Unknown character set: 'nosuch'
          SET collation_connection = 'nosuch'     :: 1231 :: 42000 :: Variable 'collation_connection' can't be set to the value of 'nosuch'
          SET time_zone = '+08:00'                :: 1238 :: HY000 :: Variable 'time_zone' is a read only variable
          SET version_comment = 'x'               :: 1238 :: HY000 :: Variable 'version_comment' is a read only variable
          SET query_cache_size = 1                :: 1238 :: HY000 :: Variable 'query_cache_size' is a read only variable
          KILL 5                                  :: 1094 :: HY000 :: Unknown thread id: 5
          ;                                       :: 1065 :: 42000 :: Query was empty
          """)
  void refusesAsOceanBaseDoes(String sql, int error, String state, String message) {
    assertThat(session.execute(sql)).isEqualTo(Answer.failed(error, state, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "::",
      quoteCharacter = '~',
      textBlock =
          """
          SELEC 1
          SELECT FROM
          SELECT (1
          SELECT 1)
          SELECT 'open
          SELECT 1; DROP ALL OBJECTS
          /* never closed
          SHUTDOWN
          SCRIPT
          SHOW NOTHING
          """)
  void callsItASyntaxError(String sql) {
    Answer answer = session.execute(sql);

    assertThat(answer.error()).isEqualTo(1064);
    assertThat(answer.sqlState()).isEqualTo("42000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "::",
      quoteCharacter = '~',
      textBlock =
          """
          SELECT                      :: SELECT :: 1
          SELECT 1 FROM               :: FROM   :: 1
          SELECT 1 1                  :: 1      :: 1
          SELECT 1; SELECT 2          :: SELECT 2 :: 1
          SELECT 'open                :: open   :: 1
          SET LOCAL wait_timeout = 5  :: wait_timeout = 5 :: 1
          SHOW NOTHING                :: NOTHING :: 1
          SELECT|  1|  FROM FROM      :: FROM   :: 3
          ALTER                       :: ALTER  :: 1
          """)
  void saysWhereItStumbles(String sql, String near, int line) {
    assertThat(session.execute(sql.replace('|', '\n')).message())
        .endsWith("near '" + near + "' at line " + line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-- nothing", "# nothing", "/* nothing */", "/* nothing */;"})
  void takesACommentForAStatement(String sql) {
    assertThat(session.execute(sql).kind()).isEqualTo(Answer.Kind.DONE);
  }

  @Test
  void knowsWhetherATransactionIsOpen() {
    session.execute("BEGIN");
    assertThat(session.inTransaction()).isTrue();
    session.execute("COMMIT");
    assertThat(session.inTransaction()).isFalse();
  }

  @Test
  void keepsAReaderFromChangingWhatNewSessionsBeginWith() {
    SqlSession reader = open(Account.reader("eye", "sys", "", Set.of()));
    assertThat(reader.execute("SET GLOBAL wait_timeout = 5").error()).isEqualTo(1227);
    assertThat(reader.execute("SET @@global.wait_timeout = 5").error()).isEqualTo(1227);
  }

  @Test
  void keepsAValueThatWasRefused() {
    session.execute("SET wait_timeout = 7");
    session.execute("SET wait_timeout = -1");

    assertThat(session.waitTimeout()).hasSeconds(7);
  }

  @Test
  void typesComparisonsAndLiterals() {
    assertThat(rows("SELECT 1 = 1, 1, 'a', NULL").columns())
        .extracting(ResultTable.Column::type)
        .containsExactly(
            ResultTable.SqlType.INT,
            ResultTable.SqlType.BIGINT,
            ResultTable.SqlType.VARCHAR,
            ResultTable.SqlType.NULL);
  }

  @Test
  void namesColumnsByTheirSource() {
    ResultTable table =
        rows(
            "SELECT @@version_comment, 1= 1, job_id, j.Status, status AS n, job_id 'm x', now( 3 )"
                + " FROM CDB_OB_BACKUP_BACKUPPIECE_JOB j LIMIT 1");

    assertThat(table.columns())
        .extracting(ResultTable.Column::label)
        .containsExactly("@@version_comment", "1= 1", "job_id", "Status", "n", "m x", "now( 3 )");
  }

  @Test
  void namesStarsAsTheTableDoes() {
    ResultTable table = rows("SELECT 1=1, *, 'x' FROM __all_tenant t LIMIT 1");

    assertThat(table.columns())
        .extracting(ResultTable.Column::label)
        .containsExactly("1=1", "tenant_id", "tenant_name", "x");
  }

  @Test
  void describesColumnsAsDeclared() {
    ResultTable table = rows("SELECT * FROM CDB_OB_BACKUP_BACKUPSET_TASK");

    assertThat(table.columns())
        .extracting(ResultTable.Column::type)
        .containsExactly(
            ResultTable.SqlType.BIGINT,
            ResultTable.SqlType.TIMESTAMP,
            ResultTable.SqlType.DECIMAL,
            ResultTable.SqlType.VARCHAR);
    assertThat(joined(table)).isEqualTo("3,2026-11-23 01:02:03.450000,1.50, / 4,null,null,null");
  }

  @Test
  void remembersWhatASessionSets() {
    assertThat(
            session.execute("SET SESSION ob_query_timeout = 60000000, wait_timeout := 9").error())
        .isZero();
    assertThat(session.execute("set sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES')").error())
        .isZero();

    assertThat(joined(rows("SELECT @@ob_query_timeout, @@wait_timeout, @@sql_mode")))
        .isEqualTo("60000000,9,STRICT_ALL_TABLES,STRICT_TRANS_TABLES");
    assertThat(session.queryTimeout()).hasSeconds(60);
  }

  @Test
  void limitsRowsAsTheSessionSets() {
    session.execute("SET SQL_SELECT_LIMIT=1");
    assertThat(rows("SELECT * FROM __all_tenant").rows()).hasSize(1);

    session.execute("SET SQL_SELECT_LIMIT=DEFAULT");
    assertThat(rows("SELECT * FROM __all_tenant").rows()).hasSize(2);
  }

  @Test
  void handsAlterSystemOnWithoutItsComments() {
    session.execute("/* a */ ALTER /* b */ SYSTEM\nCANCEL BACKUP  BACKUPSET -- c\n;");

    assertThat(cluster.statements()).containsExactly("ALTER SYSTEM\nCANCEL BACKUP BACKUPSET");
  }

  @Test
  void handsOnWhatBecomesOfTheConnection() {
    cluster.replyToStatements(Reply.cut());
    assertThat(session.execute("ALTER SYSTEM X").kind()).isEqualTo(Answer.Kind.CUT);
    cluster.replyToLooks(Reply.hung());
    assertThat(session.execute("SELECT * FROM __all_tenant").kind()).isEqualTo(Answer.Kind.HUNG);
    assertThat(session.execute("SELECT 1").kind()).isEqualTo(Answer.Kind.ROWS);
  }

  @Test
  void namesTheTablesOfALook() {
    rows(
        "SELECT 1 FROM __all_tenant a UNION ALL"
            + " SELECT 2 FROM oceanbase.__all_tenant_backup_info c WHERE 1 IN"
            + " (SELECT job_id FROM `CDB_OB_BACKUP_BACKUPPIECE_JOB`)");

    assertThat(cluster.looks())
        .containsExactly(
            List.of("__all_tenant", "__all_tenant_backup_info", "cdb_ob_backup_backuppiece_job"));
  }

  @Test
  void showsATenantNothingOfTheSystemTenant() {
    SqlSession tenant = open(Account.administrator("root", "pay", ""));

    assertThat(tenant.execute("SELECT * FROM oceanbase.__all_tenant").error()).isEqualTo(1146);
    assertThat(tenant.execute("ALTER SYSTEM CANCEL BACKUP BACKUPSET").error()).isEqualTo(1227);
    assertThat(joined(tenant.execute("SELECT effective_tenant_id()").table())).isEqualTo("1001");
  }

  @Test
  void keepsARestrictedAccountFromWhatItMayNot() {
    SqlSession reader = open(Account.reader("eye", "sys", "", Set.of("__all_tenant_backup_info")));

    assertThat(reader.execute("SELECT * FROM __all_tenant_backup_info"))
        .isEqualTo(
            Answer.failed(
                1142,
                "42000",
                "SELECT command denied to user 'eye'@'%' for table '__all_tenant_backup_info'"));
    assertThat(reader.execute("SELECT * FROM __all_tenant").error()).isZero();
    assertThat(reader.execute("ALTER SYSTEM CANCEL BACKUP BACKUPSET").error()).isEqualTo(1227);
    assertThat(cluster.statements()).isEmpty();
  }

  @Test
  void endsASleepAtTheQueryTimeout() {
    session.execute("SET ob_query_timeout = 20000");

    assertThat(session.execute("SELECT sleep(30)").error()).isEqualTo(4012);
  }

  @Test
  void neverShowsAPassword() {
    assertThat(Account.administrator("root", "sys", "secret").toString()).isEqualTo("root@sys");
  }
}
