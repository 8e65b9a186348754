package dev.backstop.force;

/** Holds the one statement that only a person may let go. */
final class ForceStatement {

  /** Ends every backup of the whole cluster and empties both locations; never sent twice. */
  static final String SQL = "ALTER SYSTEM CANCEL ALL BACKUP FORCE";

  private ForceStatement() {}
}
