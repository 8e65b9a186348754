package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LookQueryTest {

  private static final String END =
      """

      UNION ALL
      SELECT /*+ READ_CONSISTENCY(STRONG) */ CAST('end' AS CHAR) AS part, \
      CAST(NULL AS SIGNED) AS n1, CAST(NULL AS SIGNED) AS n2, \
      CAST(NULL AS CHAR) AS t1, CAST(NULL AS CHAR) AS t2\
      """;
  private static final Set<QueryPart> ALL = EnumSet.allOf(QueryPart.class);

  @Test
  void beginsWithConstantRow() {
    assertThat(LookQuery.of(ALL, List.of()))
        .startsWith(
            """
            SELECT /*+ READ_CONSISTENCY(STRONG) */ CAST('constant' AS CHAR) AS part, \
            CAST(effective_tenant_id() AS SIGNED) AS n1, CAST(unix_timestamp() AS SIGNED) AS n2, \
            CAST(@@version_comment AS CHAR) AS t1, CAST(ob_version() AS CHAR) AS t2
            UNION ALL
            """);
  }

  @ParameterizedTest
  @EnumSource(QueryPart.class)
  void alwaysReadsConstantRow(QueryPart part) {
    String query = LookQuery.of(Set.of(part), List.of());

    assertThat(query).containsOnlyOnce("CAST('constant' AS CHAR) AS part");
    assertThat(query).contains("CAST('" + part.word() + "' AS CHAR) AS part");
  }

  @Test
  void readsEmptyConstantRow_whereFunctionsAreUnknown() {
    assertThat(LookQuery.of(Set.of(QueryPart.SETS), List.of()))
        .doesNotContain("ob_version", "effective_tenant_id", "version_comment");
  }

  @Test
  void readsEachViewOnce_neverThePrimarys() {
    String query = LookQuery.of(ALL, List.of());

    assertThat(query)
        .contains("FROM oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB \n")
        .contains("FROM oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB \n")
        .containsOnlyOnce("FROM oceanbase.CDB_OB_BACKUP_BACKUP_ARCHIVELOG")
        .doesNotContain("CDB_OB_BACKUP_ARCHIVELOG");
  }

  @Test
  void readsParametersOfConnectedServerOnly() {
    assertThat(LookQuery.of(ALL, List.of()))
        .contains(
            "FROM oceanbase.__all_virtual_sys_parameter_stat WHERE svr_ip = host_ip() AND svr_port"
                + " = rpc_port() AND name IN ('cluster', 'cluster_id',"
                + " 'backup_backup_dest', 'backup_backup_dest_option')");
  }

  @Test
  void readsNamedTenantsAndTenantsOfJobs() {
    assertThat(LookQuery.of(ALL, List.of("pay", "crm")))
        .endsWith(
            "WHERE tenant_name IN ('crm', 'pay')"
                + " OR tenant_id IN (SELECT TENANT_ID FROM oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB)"
                + " OR tenant_id IN (SELECT TENANT_ID FROM"
                + " oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB)"
                + END);
  }

  @Test
  void endsWithEndRow() {
    assertThat(LookQuery.of(ALL, List.of())).endsWith(END).containsOnlyOnce("CAST('end' AS CHAR)");
  }

  @Test
  void readsTenantsOfReadableViewsOnly() {
    assertThat(LookQuery.of(EnumSet.of(QueryPart.CONSTANT, QueryPart.TENANTS), List.of()))
        .doesNotContain("BACKUPSET", "BACKUPPIECE")
        .endsWith("WHERE tenant_id = 1" + END);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "pay, 'pay'",
        "o'neil, 'o''neil'",
        "a\\, 'a\\\\'",
        "a\\' OR 1=1 -- , 'a\\\\'' OR 1=1 --'",
        "{fn x}, '{fn x}'"
      })
  void quotesNames(String name, String literal) {
    assertThat(LookQuery.literal(name)).isEqualTo(literal);
  }
}
