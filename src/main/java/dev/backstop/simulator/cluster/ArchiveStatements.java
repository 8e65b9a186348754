package dev.backstop.simulator.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Performs START and STOP BACKUP ARCHIVELOG, step by step (docs/oceanbase.md#stop-archivelog). */
final class ArchiveStatements {

  private final Machines machines;

  ArchiveStatements(Machines machines) {
    this.machines = machines;
  }

  Reply start(Instant now) {
    Reply refusal = refuse(now);
    if (refusal != null) {
      return refusal;
    }
    machines.archive().start(now);
    return Reply.ok();
  }

  Reply stop(Instant now) {
    Reply refusal = refuse(now);
    if (refusal != null) {
      return refusal;
    }
    machines.archive().clearFlag(now);
    if (machines.faults().strike(Fault.STOP_FAILS_HALFWAY, now)) {
      return Refusal.timeout();
    }
    machines.archive().pause(now);
    machines.pieces().wake(now);
    return Reply.ok();
  }

  private @Nullable Reply refuse(Instant now) {
    if (machines.faults().strike(Fault.CONFIG_NOT_SYNC, now)) {
      return Refusal.configNotSync();
    }
    Reply refusal = refuseNow();
    if (refusal != null) {
      return refusal;
    }
    return machines.faults().strike(Fault.STOP_RACE, now) ? Refusal.invalidArgument() : null;
  }

  /** Returns what is refused by the state alone, whatever fault is armed. */
  @Nullable Reply refuseNow() {
    String destination = machines.parameters().backupBackupDest();
    if (destination.isEmpty()) {
      return Refusal.notSupported(
          "handle backup archive log with empty backup dest is not supported");
    }
    if (machines.pieces().holdsPieces(destination)) {
      return Refusal.notSupported("backup archive log in piece data directory not supported");
    }
    if (!machines.pieces().jobs().isEmpty()) {
      return Refusal.notSupported(
          "backup archive log if backup backuppiece job exist not supported");
    }
    return null;
  }
}
