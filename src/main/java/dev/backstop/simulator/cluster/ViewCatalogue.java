package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Knows which views a session sees, by tenant and version (docs/oceanbase.md#versions). */
final class ViewCatalogue {

  /** Every name that some server knows, so that its absence elsewhere can be told. */
  private static final Set<String> NAMES =
      Set.of(
          "CDB_OB_BACKUP_BACKUPSET_JOB",
          "CDB_OB_BACKUP_BACKUPSET_JOB_HISTORY",
          "CDB_OB_BACKUP_BACKUPSET_TASK",
          "CDB_OB_BACKUP_BACKUPSET_TASK_HISTORY",
          "CDB_OB_BACKUP_BACKUPPIECE_JOB",
          "CDB_OB_BACKUP_BACKUPPIECE_JOB_HISTORY",
          "CDB_OB_BACKUP_BACKUPPIECE_TASK",
          "CDB_OB_BACKUP_BACKUPPIECE_TASK_HISTORY",
          "CDB_OB_BACKUP_BACKUP_ARCHIVELOG",
          "CDB_OB_BACKUP_BACKUP_ARCHIVELOG_SUMMARY",
          "CDB_OB_BACKUP_ARCHIVELOG",
          "CDB_OB_BACKUP_PROGRESS",
          "CDB_OB_BACKUP_PIECE_FILES",
          "CDB_OB_BACKUP_SET_FILES",
          "DBA_OB_TENANTS",
          "gv$tenant",
          "__all_tenant",
          "__all_tenant_backup_info",
          "__all_virtual_sys_parameter_stat",
          "__all_virtual_sys_task_status",
          "__all_rootservice_event_history");

  private static final Map<String, String> BY_LOWER_CASE =
      NAMES.stream().collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), name -> name));

  private final Machines machines;
  private final ServerTables server;
  private final SetViews sets;
  private final PieceViews pieces;
  private final ArchiveViews archive;
  private final FileViews files;

  ViewCatalogue(Machines machines, Instant start) {
    this.machines = machines;
    server = new ServerTables(machines, start);
    sets = new SetViews(machines);
    pieces = new PieceViews(machines);
    archive = new ArchiveViews(machines);
    files = new FileViews(machines);
  }

  List<Table> tables(String tenant, Instant now) {
    List<Table> tables = new ArrayList<>();
    if (tenant.equals("sys")) {
      tables.addAll(server.tables(now));
      addBackupViews(tables, now);
    } else if (!edition().isFour()) {
      tables.add(server.tenantView(own(tenant)));
    }
    tables.removeIf(table -> machines.faults().hides(table.name().toLowerCase(Locale.ROOT)));
    return tables;
  }

  /** Answers a look at those tables: OK, 1146 or 1142. */
  Reply look(List<String> lowerCaseNames, String tenant) {
    for (String asked : lowerCaseNames) {
      String name = BY_LOWER_CASE.get(asked);
      if (name == null) {
        continue;
      }
      if (!isSeen(name, tenant) || machines.faults().hides(asked)) {
        return Refusal.missingTable(name);
      }
      if (machines.faults().denies(asked)) {
        return Refusal.deniedTable(name);
      }
    }
    return Reply.ok();
  }

  private boolean isSeen(String name, String tenant) {
    return tenant.equals("sys") ? isKnown(name) : !edition().isFour() && name.equals("gv$tenant");
  }

  private boolean isKnown(String name) {
    boolean everywhere =
        name.equals("__all_tenant")
            || name.equals("__all_virtual_sys_parameter_stat")
            || name.equals("__all_rootservice_event_history");
    if (everywhere) {
      return true;
    }
    if (edition().isFour() || name.equals("DBA_OB_TENANTS")) {
      return edition().isFour() && name.equals("DBA_OB_TENANTS");
    }
    boolean withPieces =
        name.contains("PIECE")
            || name.equals("CDB_OB_BACKUP_BACKUP_ARCHIVELOG")
            || name.equals("CDB_OB_BACKUP_ARCHIVELOG")
            || name.equals("CDB_OB_BACKUP_SET_FILES");
    return !withPieces || edition().hasPieces();
  }

  private void addBackupViews(List<Table> tables, Instant now) {
    if (edition().isFour()) {
      return;
    }
    tables.addAll(sets.tables(now));
    tables.addAll(archive.tables(now));
    tables.addAll(files.tables(now));
    if (edition().hasPieces()) {
      tables.addAll(pieces.tables(now));
    }
  }

  private SortedMap<Long, String> own(String tenant) {
    SortedMap<Long, String> own = new TreeMap<>(machines.tenants());
    own.values().removeIf(name -> !name.equals(tenant));
    return own;
  }

  private Edition edition() {
    return machines.settings().edition();
  }
}
