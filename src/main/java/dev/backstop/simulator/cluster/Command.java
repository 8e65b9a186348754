package dev.backstop.simulator.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Is an ALTER SYSTEM statement that parsed.
 *
 * @param copy what a BACKUP BACKUPSET or BACKUPPIECE asks for, null otherwise
 * @param tenantName the tenant named by name in it, empty when none is
 * @param parameter the parameter of a SET, empty otherwise
 * @param value its value, empty otherwise; may hold access keys
 */
record Command(
    Verb verb, @Nullable CopyRequest copy, String tenantName, String parameter, String value) {

  /** Lists the statements that are known. */
  enum Verb {
    BACKUP_BACKUPSET,
    BACKUP_BACKUPPIECE,
    START_ARCHIVE,
    STOP_ARCHIVE,
    CANCEL_BACKUPSET,
    CANCEL_BACKUPPIECE,
    CANCEL_BACKUP,
    CANCEL_ALL_FORCE,
    CANCEL_DELETE,
    CANCEL_VALIDATE,
    ARCHIVELOG,
    NOARCHIVELOG,
    BACKUP_DATABASE,
    DELETE_BACKUP,
    SUSPEND_OR_RESUME,
    SET;

    /** Tells whether secondary backup is what it is about, so that 4.x refuses it. */
    boolean isSecondary() {
      return switch (this) {
        case BACKUP_BACKUPSET,
            BACKUP_BACKUPPIECE,
            START_ARCHIVE,
            STOP_ARCHIVE,
            CANCEL_BACKUPSET,
            CANCEL_BACKUPPIECE,
            CANCEL_ALL_FORCE ->
            true;
        case CANCEL_BACKUP,
            CANCEL_DELETE,
            CANCEL_VALIDATE,
            ARCHIVELOG,
            NOARCHIVELOG,
            BACKUP_DATABASE,
            DELETE_BACKUP,
            SUSPEND_OR_RESUME,
            SET ->
            false;
      };
    }

    /** Tells whether the Community SQL layer refuses it. */
    boolean isEnterpriseOnly() {
      return this == BACKUP_BACKUPSET
          || this == BACKUP_BACKUPPIECE
          || this == START_ARCHIVE
          || this == STOP_ARCHIVE;
    }
  }

  static Command of(Verb verb) {
    return new Command(verb, null, "", "", "");
  }

  /** Never shows a value or destination, which may hold access keys. */
  @Override
  public String toString() {
    return "Command[" + verb + "]";
  }
}
