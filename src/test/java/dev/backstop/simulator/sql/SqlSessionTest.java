package dev.backstop.simulator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.simulator.cluster.Reply;
import dev.backstop.testing.ScriptedCluster;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSessionTest {

  /** Shared, as by the sessions of one server: an engine remembers nothing of a session. */
  private static final EnginePool ENGINES = new EnginePool();

  private final ScriptedCluster cluster = new ScriptedCluster();
  private final SqlServer server =
      new SqlServer(
          new SharedCluster(
              cluster, Clock.fixed(Instant.parse("2026-11-23T04:05:06.789Z"), ZoneOffset.UTC)),
          ENGINES);
  private final SqlSession session = open(Account.administrator("root", "sys", "secret"));

  private SqlSession open(Account account) {
    SqlSession opened = server.session(account, 42, new LoneSession());
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

  @AfterAll
  static void close() throws SQLException {
    ENGINES.close();
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
          SELECT 1 + 1                                                    :: 2
          select IF(1 < 2, 'yes', "no")                                   :: yes
          SELECT ISNULL(NULL), !0, NOT 5                                  :: 1,1,0
          SELECT 1 <=> NULL, NULL <=> NULL, 1 && 0, 1 || 0                :: 0,1,0,1
          SELECT 7 DIV 2, 7 MOD 4, MOD(7, 4), 7 % 4, 7 / 2, 1 / 3         :: 3,3,3,3,3.5000,0.3333
          SELECT 1 / 0, 1 DIV 0, 1 % 0                                    :: null,null,null
          SELECT now(), curdate(), now(3)                                 :: 2026-11-23 04:05:06,2026-11-23,2026-11-23 04:05:06.789
          SELECT now() - INTERVAL 1 DAY, INTERVAL 2 HOUR + now()          :: 2026-11-22 04:05:06,2026-11-23 06:05:06
          SELECT unix_timestamp(), unix_timestamp('1970-01-02 00:00:00'), from_unixtime(60) :: 1795406706,86400,1970-01-01 00:01:00
          SELECT time_to_usec('1970-01-01 00:00:01'), usec_to_time(1500000) :: 1000000,1970-01-01 00:00:01.500000
          SELECT CAST('12ab' AS SIGNED), CAST(5 AS CHAR), CAST(1 = 1 AS CHAR), CONVERT('7', SIGNED) :: 12,5,1,7
          SELECT concat('a', 1, NULL), concat('a', 1), length('ä'), char_length('ä') :: null,a1,2,1
          SELECT /*+ READ_CONSISTENCY(STRONG) */ 1 /*!50000 + 1 */ -- end :: 2
          SELECT effective_tenant_id(), ob_version(), connection_id()     :: 1,3.2.3.1,42
          SELECT user(), current_user(), database()                       :: root@127.0.0.1,root@%,oceanbase
          SELECT host_ip(), rpc_port()                                    :: 10.0.0.1,2882
          SELECT @@ob_query_timeout, @@session.autocommit, @@tx_isolation :: 10000000,1,READ-COMMITTED
          SELECT 1 FROM DUAL WHERE 1 IN (1, 2) AND EXISTS (SELECT 1)      :: 1
          SELECT COUNT(*), MAX(job_id) FROM CDB_OB_BACKUP_BACKUPPIECE_JOB :: 2,8
          SELECT j.job_id FROM oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB j JOIN __all_tenant t ON t.tenant_id = j.tenant_id WHERE t.tenant_name = 'pay' :: 8
          SELECT job_id FROM CDB_OB_BACKUP_BACKUPPIECE_JOB ORDER BY job_id DESC LIMIT 1, 1 :: 7
          SELECT value FROM __all_tenant_backup_info WHERE value = 1      :: 1
          SELECT COUNT(*) FROM __all_tenant_backup_info WHERE value = 0   :: 1
          SELECT START_TIME, CAST(START_TIME AS CHAR), COMPRESSION_RATIO FROM CDB_OB_BACKUP_BACKUPSET_TASK WHERE JOB_ID = 3 :: 2026-11-23 01:02:03.450000,2026-11-23 01:02:03.450000,1.50
          SELECT 1 UNION ALL SELECT 'x' UNION ALL SELECT NULL ORDER BY 1 DESC LIMIT 2 :: x / 1
          SELECT * FROM (SELECT 1 a UNION ALL SELECT 'x') u WHERE a = 'x' :: x
          WITH seen AS (SELECT job_id n FROM CDB_OB_BACKUP_BACKUPPIECE_JOB) SELECT SUM(n) FROM seen :: 15
          SELECT table_name FROM information_schema.tables WHERE table_schema = 'oceanbase' AND table_name LIKE '%PIECE%' :: CDB_OB_BACKUP_BACKUPPIECE_JOB
          SELECT 'a' = 'A', 'a' = 'a ', 'é' = 'e', 'a' = ' a', '😀' = '😁', '支' = '付'  :: 1,1,1,0,1,0
          SELECT 'B' < 'a', 'a' IN ('A', 'b'), 'abc' LIKE 'A_c', 'é' LIKE 'e'    :: 0,1,1,1
          SELECT COUNT(*), COUNT(DISTINCT a) FROM (SELECT 'a' a UNION ALL SELECT 'Á ') u :: 2,1
          SELECT tenant_id FROM __all_tenant WHERE tenant_name = 'PÁY '   :: 1001
          SELECT CAST('1.9' AS SIGNED), CAST('1e3' AS SIGNED), CAST(1.5 AS SIGNED), CAST(2.5e0 AS SIGNED) :: 1,1,2,2
          SELECT CAST(1e30 AS SIGNED), CAST('-99999999999999999999' AS SIGNED) :: 9223372036854775807,-9223372036854775808
          SELECT CAST(START_TIME AS SIGNED) FROM CDB_OB_BACKUP_BACKUPSET_TASK WHERE JOB_ID = 3 :: 20261123010203
          SELECT '5a' = 5, 'x' = 0, '5a' + 1, 1e3, 1e30, 1.5e-3           :: 1,1,6,1000,1e30,0.0015
          SELECT CAST('x' AS DECIMAL(10, 2)), CAST('x' AS DATE)           :: 0.00,null
          SELECT 1 a UNION ALL SELECT 1.5                                 :: 1.0 / 1.5
          SELECT utc_timestamp()                                          :: 2026-11-23 04:05:06
          SHOW TENANT                                                     :: sys
          SHOW VARIABLES LIKE 'version_comment'                           :: version_comment,OceanBase 3.2.3.1 (r1-abc) (Built Jan 1 2023)
          SHOW PARAMETERS LIKE 'cluster_id' TENANT = sys                  :: z1,observer,10.0.0.1,2882,cluster_id,null,7,,,CLUSTER,DEFAULT,
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
          SELECT BINARY 'a' = 'A'                 :: 1235 :: 0A000 :: BINARY not supported
          SET ob_query_timeout = 'abc'            :: 1232 :: 42000 :: Incorrect argument type to variable 'ob_query_timeout'
          SET ob_query_timeout = 1.5              :: 1232 :: 42000 :: Incorrect argument type to variable 'ob_query_timeout'
          SET wait_timeout = 0                    :: 1231 :: 42000 :: Variable 'wait_timeout' can't be set to the value of '0'
          SET wait_timeout = NULL                 :: 1232 :: 42000 :: Incorrect argument type to variable 'wait_timeout'
          SET autocommit = 2                      :: 1231 :: 42000 :: Variable 'autocommit' can't be set to the value of '2'
          SET sql_mode = 'NOSUCH'                 :: 1231 :: 42000 :: Variable 'sql_mode' can't be set to the value of 'NOSUCH'
          SET tx_isolation = 'nosuch'             :: 1231 :: 42000 :: Variable 'tx_isolation' can't be set to the value of 'nosuch'
          SET NAMES nosuch                        :: 1115 :: 42000 :: Unknown character set: 'nosuch'
          SET NAMES utf8mb4 COLLATE nosuch        :: 1273 :: HY000 :: Unknown collation: 'nosuch'
          SET time_zone = 'Asia/Shanghai'         :: 1298 :: HY000 :: Unknown or incorrect time zone: 'Asia/Shanghai'
          SET version_comment = 'x'               :: 1238 :: HY000 :: Variable 'version_comment' is a read only variable
          SET query_cache_size = 1                :: 1229 :: HY000 :: Variable 'query_cache_size' is a GLOBAL variable and should be set with SET GLOBAL
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
  void warnsOfWhatItCutOff_untilTheNextStatement() {
    Answer answer = session.execute("SELECT CAST('12ab' AS SIGNED), 'x' = 1, '' = 0");

    assertThat(answer.warnings()).isEqualTo(2);
    assertThat(joined(rows("SHOW WARNINGS")))
        .isEqualTo(
            "Warning,1292,Truncated incorrect INTEGER value: '12ab'"
                + " / Warning,1292,Truncated incorrect DECIMAL value: 'x'");
    assertThat(rows("SHOW ERRORS").rows()).isEmpty();
    rows("SELECT 1");
    assertThat(rows("SHOW WARNINGS").rows()).isEmpty();
  }

  @Test
  void showsTheErrorBefore() {
    session.execute("SELECT nosuch");

    assertThat(joined(rows("SHOW ERRORS")))
        .isEqualTo("Error,1054,Unknown column 'nosuch' in 'field list'");
  }

  @Test
  void knowsWhetherATransactionIsOpen() {
    session.execute("BEGIN");
    assertThat(session.inTransaction()).isTrue();
    session.execute("COMMIT");
    assertThat(session.inTransaction()).isFalse();
  }

  @Test
  void letsOnlyAnAdministratorChangeWhatNewSessionsBeginWith() {
    SqlSession reader = open(Account.reader("eye", "sys", "", Set.of()));
    assertThat(reader.execute("SET GLOBAL wait_timeout = 5").error()).isEqualTo(1227);
    assertThat(reader.execute("SET @@global.wait_timeout = 5").error()).isEqualTo(1227);

    assertThat(session.execute("SET GLOBAL wait_timeout = 5").error()).isZero();

    assertThat(session.waitTimeout()).hasSeconds(28_800);
    assertThat(open(Account.reader("eye", "sys", "", Set.of())).waitTimeout()).hasSeconds(5);
  }

  @Test
  void keepsAValueThatWasRefused() {
    session.execute("SET wait_timeout = 7");
    session.execute("SET wait_timeout = -1");

    assertThat(session.waitTimeout()).hasSeconds(7);
  }

  @Test
  void reckonsTimeInTheZoneOfTheSession() {
    session.execute("SET time_zone = '+8:00'");

    assertThat(joined(rows("SELECT @@time_zone, now(), utc_timestamp(), unix_timestamp()")))
        .isEqualTo("+08:00,2026-11-23 12:05:06,2026-11-23 04:05:06,1795406706");
  }

  @Test
  void typesComparisonsAndExponents() {
    assertThat(rows("SELECT 1 = 1, 1e3, 1, 1.5, @nosuch").columns())
        .extracting(ResultTable.Column::type)
        .containsExactly(
            ResultTable.Type.INT,
            ResultTable.Type.DOUBLE,
            ResultTable.Type.BIGINT,
            ResultTable.Type.DECIMAL,
            ResultTable.Type.VARCHAR);
  }

  @Test
  void namesColumnsByTheirSource() {
    ResultTable table =
        rows(
            "SELECT @@version_comment, 1+ 1, job_id, j.Status, count(*) AS n, max(job_id) 'm x',"
                + " now() - interval 1 day FROM CDB_OB_BACKUP_BACKUPPIECE_JOB j"
                + " GROUP BY job_id, status LIMIT 1");

    assertThat(table.columns())
        .extracting(ResultTable.Column::label)
        .containsExactly(
            "@@version_comment", "1+ 1", "job_id", "Status", "n", "m x", "now() - interval 1 day");
  }

  @Test
  void namesStarsAsTheTableDoes() {
    ResultTable table = rows("SELECT 1+1, t.*, 'x' FROM __all_tenant t LIMIT 1");

    assertThat(table.columns())
        .extracting(ResultTable.Column::label)
        .containsExactly("1+1", "tenant_id", "tenant_name", "x");
  }

  @Test
  void describesColumnsAsDeclared() {
    ResultTable table = rows("SELECT * FROM CDB_OB_BACKUP_BACKUPSET_TASK");

    assertThat(table.columns())
        .extracting(ResultTable.Column::type)
        .containsExactly(
            ResultTable.Type.BIGINT,
            ResultTable.Type.TIMESTAMP,
            ResultTable.Type.DECIMAL,
            ResultTable.Type.VARCHAR);
    assertThat(joined(table)).isEqualTo("3,2026-11-23 01:02:03.450000,1.50, / 4,null,null,null");
  }

  @Test
  void remembersWhatASessionSets() {
    assertThat(session.execute("SET SESSION ob_query_timeout = 60000000, @x := 'y'").error())
        .isZero();
    assertThat(session.execute("set sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES')").error())
        .isZero();

    assertThat(joined(rows("SELECT @@ob_query_timeout, @x, @@sql_mode")))
        .isEqualTo("60000000,y,STRICT_TRANS_TABLES,STRICT_ALL_TABLES");
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
        "SELECT 1 FROM __all_tenant a, (SELECT extract(YEAR FROM now()) y) b UNION ALL"
            + " SELECT 2 FROM (oceanbase.__all_tenant_backup_info c) WHERE 1 IN"
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
