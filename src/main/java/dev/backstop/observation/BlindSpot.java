package dev.backstop.observation;

/**
 * Says what could not be read in a look, and why; what is not read is unknown, never empty.
 *
 * @param area what could not be read
 * @param cause why, as a closed choice
 * @param words why, in words that name the repair; without credentials
 */
public record BlindSpot(Area area, Cause cause, String words) {

  /** Names what a look reads. */
  public enum Area {
    /** The cluster gave no answer, or one that can't be trusted. */
    EVERYTHING,
    /** The session's tenant, or the cluster's name or id. */
    IDENTITY,
    VERSION,
    /** The view of backup-set jobs. */
    SETS,
    /** The view of piece jobs. */
    PIECES,
    /** The view of the continuous archive. */
    ARCHIVE,
    /** The flag {@code enable_auto_backup_archivelog}. */
    FLAG,
    /** The names of tenants. */
    TENANT_NAMES
  }

  /** Names why something could not be read. */
  public enum Cause {
    /** No endpoint accepted a connection. */
    UNREACHABLE,
    /** Connected, but no answer came in time. */
    TIMEOUT,
    /** The login was refused (1045). */
    LOGIN_REFUSED,
    /** The password file or variable can't be read. */
    PASSWORD_UNREADABLE,
    /** A view or table is not there (1146, 1054, 1049). */
    MISSING,
    /** The user may not read it (1142, 1227). */
    NO_PRIVILEGE,
    /** The answer lacked the row that every look asks for. */
    NO_CONSTANT_ROW,
    /** The answer could not be understood. */
    MALFORMED,
    /** The server answered with another error. */
    SERVER_ERROR
  }
}
