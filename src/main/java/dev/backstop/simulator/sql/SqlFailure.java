package dev.backstop.simulator.sql;

import java.util.Locale;

/** Thrown where a statement fails: the error that its client is to see. */
final class SqlFailure extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int NEAR_LENGTH = 80;

  private final transient Answer answer;

  SqlFailure(int number, String state, String message) {
    super(message, null, false, false);
    answer = Answer.failed(number, state, message);
  }

  Answer answer() {
    return answer;
  }

  /**
   * Says that the parser can't go on.
   *
   * @param start where in the statement
   * @param end where the statement's last token ends
   */
  static SqlFailure syntax(String sql, int start, int end) {
    String near = sql.substring(start, Math.min(Math.max(start, end), start + NEAR_LENGTH));
    long line = 1 + sql.substring(0, start).chars().filter(c -> c == '\n').count();
    return new SqlFailure(
        1064,
        "42000",
        "You have an error in your SQL syntax; check the manual that corresponds to your OceanBase"
            + " version for the right syntax to use near '"
            + near
            + "' at line "
            + line);
  }

  static SqlFailure unknownTable(String schema, String table) {
    String name = (schema + "." + table).toLowerCase(Locale.ROOT);
    return new SqlFailure(1146, "42S02", "Table '" + name + "' doesn't exist");
  }

  static SqlFailure unknownColumn(String column, String clause) {
    return new SqlFailure(1054, "42S22", "Unknown column '" + column + "' in '" + clause + "'");
  }

  static SqlFailure unknownDatabase(String name) {
    return new SqlFailure(
        1049, "42000", "Unknown database '" + name.toLowerCase(Locale.ROOT) + "'");
  }

  static SqlFailure noDatabase() {
    return new SqlFailure(1046, "3D000", "No database selected");
  }

  static SqlFailure unknownFunction(String name) {
    return new SqlFailure(1305, "42000", "FUNCTION " + name + " does not exist");
  }

  static SqlFailure unsupported(String what) {
    return new SqlFailure(1235, "0A000", what + " not supported");
  }

  static SqlFailure selectDenied(String user, String table) {
    String name = table.toLowerCase(Locale.ROOT);
    return new SqlFailure(
        1142, "42000", "SELECT command denied to user '" + user + "'@'%' for table '" + name + "'");
  }

  static SqlFailure superDenied() {
    return new SqlFailure(
        1227,
        "42501",
        "Access denied; you need (at least one of) the SUPER or ALTER SYSTEM privilege(s) for this"
            + " operation");
  }

  static SqlFailure interrupted() {
    return new SqlFailure(1317, "70100", "Query execution was interrupted");
  }

  static SqlFailure timeout() {
    return new SqlFailure(4012, "HY000", "Timeout");
  }
}
