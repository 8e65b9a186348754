package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Shows tenants, parameters, the flag, observers' work and RootService's events. */
final class ServerTables {

  private static final String ZONE = "zone1";
  private static final String ADDRESS = "127.0.0.1";
  private static final long RPC_PORT = 2882;

  private final Machines machines;
  private final Instant start;

  ServerTables(Machines machines, Instant start) {
    this.machines = machines;
    this.start = start;
  }

  List<Table> tables(Instant now) {
    List<Table> tables = new ArrayList<>();
    tables.add(parameters());
    tables.add(tenantTable());
    tables.add(events());
    if (machines.settings().edition().isFour()) {
      tables.add(tenantsOfFour());
    } else {
      tables.add(tenantView(machines.tenants()));
      tables.add(backupInfo());
      tables.add(sysTasks(now));
    }
    return tables;
  }

  /** Shows {@code gv$tenant}, the one of these that an ordinary tenant sees, with its own row. */
  Table tenantView(SortedMap<Long, String> tenants) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    tenants.forEach(
        (id, name) -> rows.add(Columns.row(id, name, ZONE, ZONE, 46L, "", 0L, "FULL{1}@" + ZONE)));
    return new Columns()
        .bigint("tenant_id")
        .text(128, "tenant_name")
        .text(8192, "zone_list")
        .nullableText(128, "primary_zone")
        .bigint("collation_type")
        .text(4096, "info")
        .bigint("read_only")
        .text(4096, "locality")
        .table("gv$tenant", rows);
  }

  private Table parameters() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    machines
        .parameters()
        .all()
        .forEach(
            (name, value) ->
                rows.add(
                    Columns.row(
                        ZONE,
                        "observer",
                        ADDRESS,
                        RPC_PORT,
                        name,
                        null,
                        value,
                        null,
                        "",
                        0L,
                        "OBSERVER",
                        "",
                        "CLUSTER",
                        "DEFAULT",
                        "DYNAMIC_EFFECTIVE")));
    return new Columns()
        .text(128, "zone")
        .text(16, "svr_type")
        .text(46, "svr_ip")
        .bigint("svr_port")
        .text(128, "name")
        .nullableText(128, "data_type")
        .text(4096, "value")
        .nullableText(4096, "value_strict")
        .text(4096, "info")
        .bigint("need_reboot")
        .text(128, "section")
        .text(64, "visible_level", "scope", "source")
        .text(128, "edit_level")
        .table("__all_virtual_sys_parameter_stat", rows);
  }

  private Table tenantTable() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    machines
        .tenants()
        .forEach(
            (id, name) ->
                rows.add(
                    Columns.row(
                        Texts.local(start),
                        Texts.local(start),
                        id,
                        name,
                        1L,
                        ZONE,
                        ZONE,
                        0L,
                        46L,
                        "",
                        0L,
                        0L,
                        "FULL{1}@" + ZONE,
                        0L,
                        "",
                        0L,
                        0L,
                        -1L,
                        0L,
                        -1L,
                        "TENANT_STATUS_NORMAL",
                        0L)));
    return new Columns()
        .typed("timestamp(6)", true, "gmt_create")
        .typed("timestamp(6)", true, "gmt_modified")
        .bigint("tenant_id")
        .text(128, "tenant_name")
        .bigint("replica_num")
        .text(8192, "zone_list")
        .nullableText(128, "primary_zone")
        .bigint("locked", "collation_type")
        .text(4096, "info")
        .bigint("read_only", "rewrite_merge_version")
        .text(4096, "locality")
        .bigint("logonly_replica_num")
        .text(4096, "previous_locality")
        .bigint("storage_format_version", "storage_format_work_version")
        .bigint("default_tablegroup_id", "compatibility_mode", "drop_tenant_time")
        .text(64, "status")
        .bigint("in_recyclebin")
        .table("__all_tenant", rows);
  }

  private Table tenantsOfFour() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    machines
        .tenants()
        .forEach((id, name) -> rows.add(Columns.row(id, name, id == 1 ? "SYS" : "USER", "NORMAL")));
    return new Columns()
        .bigint("TENANT_ID")
        .text(128, "TENANT_NAME")
        .text(6, "TENANT_TYPE")
        .text(64, "STATUS")
        .table("DBA_OB_TENANTS", rows);
  }

  private Table backupInfo() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    String flag = machines.archive().flag();
    if (!flag.isEmpty()) {
      rows.add(
          Columns.row(
              Texts.local(start), Texts.local(start), 1L, "enable_auto_backup_archivelog", flag));
    }
    return new Columns()
        .typed("timestamp(6)", true, "gmt_create")
        .typed("timestamp(6)", true, "gmt_modified")
        .bigint("tenant_id")
        .text(1024, "name")
        .typed("longtext", false, "value")
        .table("__all_tenant_backup_info", rows);
  }

  /** Shows what observers copy, and go on copying for a while after a cancel. */
  private Table sysTasks(Instant now) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SetJob job : machines.sets().jobs()) {
      addTask(rows, "backup backupset task", job.jobId, job.started, job.ended, now);
    }
    for (SetJob job : machines.sets().history()) {
      addTask(rows, "backup backupset task", job.jobId, job.started, job.ended, now);
    }
    for (PieceJob job : machines.pieces().jobs()) {
      addTask(rows, "backup archivelog task", job.jobId, job.started, job.ended, now);
    }
    for (PieceJob job : machines.pieces().history()) {
      addTask(rows, "backup archivelog task", job.jobId, job.started, job.ended, now);
    }
    return new Columns()
        .time("start_time")
        .text(128, "task_type")
        .text(64, "task_id")
        .text(46, "svr_ip")
        .bigint("svr_port", "tenant_id")
        .text(512, "comment")
        .bigint("is_cancel")
        .table("__all_virtual_sys_task_status", rows);
  }

  private void addTask(
      List<List<@Nullable Object>> rows,
      String type,
      long jobId,
      Instant started,
      Instant ended,
      Instant now) {
    Duration residue = machines.settings().timing().residue();
    boolean over = !ended.equals(Instant.MAX);
    if (started.equals(Instant.MAX) || (over && !now.isBefore(ended.plus(residue)))) {
      return;
    }
    String trace = "YB427F000001-" + jobId;
    rows.add(
        Columns.row(Texts.local(started), type, trace, ADDRESS, RPC_PORT, 1L, "", over ? 1L : 0L));
  }

  private Table events() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (EventHistory.Event event : machines.events().events()) {
      List<@Nullable Object> row =
          Columns.row(Texts.local(event.time()), event.module(), event.event());
      for (int i = 0; i < 12; i++) {
        row.add("");
      }
      row.addAll(Columns.row("", ADDRESS, RPC_PORT));
      rows.add(row);
    }
    Columns columns = new Columns().time("gmt_create").text(256, "module", "event");
    for (int i = 1; i <= 6; i++) {
      columns.nullableText(256, "name" + i, "value" + i);
    }
    return columns
        .nullableText(512, "extra_info")
        .text(46, "rs_svr_ip")
        .bigint("rs_svr_port")
        .table("__all_rootservice_event_history", rows);
  }
}
