package dev.backstop.observation;

/**
 * Part of a look that could not be read, and why. It is unknown, never empty.
 *
 * @param area what could not be read
 * @param cause why it could not be read
 * @param words a message with the cause and the repair; without credentials
 */
public record BlindSpot(Area area, Cause cause, String words) {

  /** What a look reads. */
  public enum Area {
    /** Everything: the cluster did not answer, or its answer can't be trusted. */
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

  /** Why something could not be read. */
  public enum Cause {
    /** No endpoint accepted a connection. */
    UNREACHABLE,
    /** Connected, but no answer came in time. */
    TIMEOUT,
    /** The login was refused (1045). */
    LOGIN_REFUSED,
    /** The password file or variable can't be read. */
    PASSWORD_UNREADABLE,
    /** A view, column or database does not exist (1146, 1054, 1049). */
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
