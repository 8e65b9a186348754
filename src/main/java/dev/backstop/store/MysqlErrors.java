package dev.backstop.store;

import dev.backstop.jdbc.ProtocolViolationException;
import java.sql.SQLException;

/**
 * Tells the errors of MySQL, MariaDB and OceanBase apart by number.
 *
 * <p>Neither SQL states nor the driver's exception classes serve: OceanBase has HY000 for nearly
 * everything, and "Server is initializing" comes as an exception that is called not transient.
 */
final class MysqlErrors {

  private MysqlErrors() {}

  /**
   * Returns whether the server rolled the transaction back and running it again may succeed: a
   * deadlock, a lost race between snapshots, a lock that was not free, a transaction that the
   * server ended for its age.
   */
  static boolean isRolledBack(SQLException error) {
    return switch (error.getErrorCode()) {
      case 1205, 1213, 6002, 6235 -> true;
      default -> false;
    };
  }

  /** Says in words what an error means for the store, and what to do. */
  static String words(SQLException error) {
    if (ProtocolViolationException.messageOf(error).isPresent()) {
      return "answers what it must not; check state.url and who answers there";
    }
    int code = error.getErrorCode();
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    if (code == 8001) {
      return "is starting; it is tried again";
    }
    if (state.startsWith("08")) {
      return "can't be reached; check state.url, the server and the network";
    }
    return switch (code) {
      case 1044, 1045 -> "refused the login; check state.user and state.passwordFile";
      case 1049 -> "is not there; create the database and grant its user all rights on it";
      case 1142, 1227 -> "refused a statement; grant its user all rights on that database";
      case 1021, 1114, 4184 -> "can't be written: the server's disk is full; free space there";
      case 1205 -> "is locked: another program held it for too long";
      case 1213, 6002, 6235 -> "is busy: the server rolled the transaction back each time";
      case 1290 -> "can't be written: the server is read-only";
      case 4012 -> "did not answer in time";
      default -> "failed";
    };
  }
}
