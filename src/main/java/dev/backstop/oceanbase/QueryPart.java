package dev.backstop.oceanbase;

import dev.backstop.observation.BlindSpot.Area;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of a look, each of which may be readable or not (docs/oceanbase.md#views). */
enum QueryPart {
  /** The row that every result has: tenant, clock and versions. */
  CONSTANT(Area.IDENTITY, "effective_tenant_id(), unix_timestamp(), ob_version()", ""),
  /** The cluster's name, id, destination and copy options, as the connected server knows them. */
  PARAMETERS(
      Area.IDENTITY,
      "oceanbase.__all_virtual_sys_parameter_stat",
      "WHERE svr_ip = host_ip() AND svr_port = rpc_port() AND name IN ('cluster', 'cluster_id',"
          + " 'backup_backup_dest', 'backup_backup_dest_option')"),
  /** Whether the log is copied continuously; no row means no. */
  FLAG(
      Area.FLAG,
      "oceanbase.__all_tenant_backup_info",
      "WHERE tenant_id = 1 AND name = 'enable_auto_backup_archivelog'"),
  SETS(Area.SETS, "oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB", ""),
  PIECES(Area.PIECES, "oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB", ""),
  ARCHIVE(Area.ARCHIVE, "oceanbase.CDB_OB_BACKUP_BACKUP_ARCHIVELOG", ""),
  TENANTS(Area.TENANT_NAMES, "oceanbase.__all_tenant", "");

  private final Area area;
  private final String source;
  private final String condition;

  QueryPart(Area area, String source, String condition) {
    this.area = area;
    this.source = source;
    this.condition = condition;
  }

  /** Returns what is unknown where the part can't be read. */
  Area area() {
    return area;
  }

  /** Returns the view or table. */
  String source() {
    return source;
  }

  String condition() {
    return condition;
  }

  /** Returns the part with this word; empty where there is none. */
  static Optional<QueryPart> of(@Nullable String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }

  /** Returns the word that marks the part's rows in the result. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
