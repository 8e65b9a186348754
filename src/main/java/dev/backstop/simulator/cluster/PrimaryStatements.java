package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Performs the statements about the primary backup and the parameters. */
final class PrimaryStatements {

  private final Machines machines;

  PrimaryStatements(Machines machines) {
    this.machines = machines;
  }

  Reply archivelog(Instant now) {
    if (!machines.primary().isOff()) {
      return Refusal.archiveAlreadyOn();
    }
    if (machines.parameters().backupDest().isEmpty() && !machines.settings().edition().isFour()) {
      return Refusal.badDestination();
    }
    machines.primary().startArchive(List.copyOf(machines.tenants().keySet()), now);
    machines.archive().wake(now);
    return Reply.ok();
  }

  Reply noarchivelog(Instant now) {
    if (machines.primary().isOff()) {
      return Refusal.archiveAlreadyOff();
    }
    machines.primary().stopArchive(now);
    machines.archive().endRound(now);
    return Reply.ok();
  }

  Reply backupDatabase(Instant now) {
    if (machines.primary().dataBackupRuns()) {
      return Refusal.inProgress();
    }
    machines.primary().startData(now);
    return Reply.ok();
  }

  Reply cancelBackup() {
    if (!machines.primary().dataBackupRuns()) {
      return Refusal.noBackupToCancel();
    }
    machines.primary().cancelData();
    return Reply.ok();
  }

  Reply set(String name, String value, Instant now) {
    Parameters parameters = machines.parameters();
    if (!parameters.knows(name)) {
      return Refusal.unknownParameter();
    }
    return switch (name) {
      case Parameters.BACKUP_BACKUP_DEST -> setSecondDestination(value, now);
      case Parameters.BACKUP_DEST -> setFirstDestination(value);
      case Parameters.BACKUP_DEST_OPTION -> setFirstOption(value);
      case Parameters.BACKUP_IDLE_TIME ->
          parameters.setIdle(value) ? Reply.ok() : Refusal.invalidArgument();
      default -> apply(name, value);
    };
  }

  private Reply setSecondDestination(String value, Instant now) {
    // Empty while active is what FORCE leaves behind: setting it again lets copying go on.
    boolean emptied = machines.parameters().backupBackupDest().isEmpty();
    if (machines.isSecondaryActive() && !emptied) {
      return Refusal.inProgress();
    }
    if (value.toLowerCase(Locale.ROOT).startsWith("cos://")) {
      return Refusal.notSupported("use cos as backup backup dest not supported");
    }
    String first = machines.parameters().backupDest();
    if (!value.isEmpty() && (first.isEmpty() || value.equals(first))) {
      return Refusal.badDestination();
    }
    if (emptied) {
      machines.archive().unstall(now);
    } else if (!value.equals(machines.parameters().backupBackupDest())) {
      machines.archive().changeDestination(now);
    }
    return apply(Parameters.BACKUP_BACKUP_DEST, value);
  }

  private Reply setFirstDestination(String value) {
    if (!machines.primary().isOff() || machines.primary().dataBackupRuns()) {
      return Refusal.inProgress();
    }
    if (!value.isEmpty() && machines.parameters().wasUsed(value)) {
      return Refusal.badDestination();
    }
    return apply(Parameters.BACKUP_DEST, value);
  }

  private Reply setFirstOption(String value) {
    boolean changesMode = Parameters.cutsPieces(value) != machines.parameters().cutsPieces();
    if (changesMode && !machines.primary().isOff()) {
      return Refusal.notSupported(
          "change log archive piece switch interval while log archive is running not supported");
    }
    return apply(Parameters.BACKUP_DEST_OPTION, value);
  }

  private Reply apply(String name, String value) {
    machines.parameters().set(name, value);
    return Reply.ok();
  }
}
