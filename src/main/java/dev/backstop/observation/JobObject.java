package dev.backstop.observation;

import java.util.Locale;

/** What a job copies; each is stopped by a statement of its own. */
public enum JobObject {
  BACKUPSET(Kind.DATA),
  BACKUPPIECE(Kind.LOG),
  ARCHIVELOG(Kind.LOG);

  private final Kind kind;

  JobObject(Kind kind) {
    this.kind = kind;
  }

  /** Returns the half of the secondary backup that the object belongs to. */
  public Kind kind() {
    return kind;
  }

  /** Returns the word used in JSON and text. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
