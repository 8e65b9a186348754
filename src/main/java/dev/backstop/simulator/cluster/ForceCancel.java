package dev.backstop.simulator.cluster;

import java.time.Instant;

/** Performs CANCEL ALL BACKUP FORCE, with all that it ends besides (docs/oceanbase.md#force). */
final class ForceCancel {

  private final Machines machines;

  ForceCancel(Machines machines) {
    this.machines = machines;
  }

  Reply run(Instant now) {
    machines.archive().stall(now);
    machines.parameters().set(Parameters.BACKUP_DEST, "");
    machines.events().add(now, "clear_backup_dest");
    machines.parameters().set(Parameters.BACKUP_BACKUP_DEST, "");
    machines.events().add(now, "clear_backup_backup_dest");
    if (machines.faults().strike(Fault.CONFIG_NOT_SYNC, now)) {
      return Refusal.configNotSync();
    }
    if (!machines.primary().isOff()) {
      machines.primary().stopArchive(now);
    }
    machines.primary().cancelData();
    machines.sets().cancel(true, now);
    machines.pieces().cancel(now);
    machines.events().add(now, "force_cancel_backup");
    return Reply.ok();
  }
}
