package dev.backstop.force;

/** Holds the one statement that only a person may let go. */
final class ForcedEnd {

  /** Ends every backup of the whole cluster and empties both locations; never sent twice. */
  static final String SQL = "ALTER SYSTEM CANCEL ALL BACKUP FORCE";

  private ForcedEnd() {}
}
