package dev.backstop.plan;

import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import java.util.Locale;

/** The statements that the daemon may send; each hits the whole cluster. */
public enum Statement {
  CANCEL_BACKUPSET("ALTER SYSTEM CANCEL BACKUP BACKUPSET", JobObject.BACKUPSET),
  CANCEL_BACKUPPIECE("ALTER SYSTEM CANCEL BACKUP BACKUPPIECE", JobObject.BACKUPPIECE),
  STOP_ARCHIVELOG("ALTER SYSTEM STOP BACKUP ARCHIVELOG", JobObject.ARCHIVELOG);

  private final String sql;
  private final JobObject object;

  Statement(String sql, JobObject object) {
    this.sql = sql;
    this.object = object;
  }

  /** Returns the text that is sent. */
  public String sql() {
    return sql;
  }

  /** Returns what the statement stops. */
  public JobObject object() {
    return object;
  }

  /** Returns the kind that the statement stops. */
  public Kind kind() {
    return object.kind();
  }

  /** Returns the word used in labels: {@code cancel_backupset}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the statement that stops an object. */
  public static Statement stopping(JobObject object) {
    return switch (object) {
      case BACKUPSET -> CANCEL_BACKUPSET;
      case BACKUPPIECE -> CANCEL_BACKUPPIECE;
      case ARCHIVELOG -> STOP_ARCHIVELOG;
    };
  }
}
