package dev.backstop.simulator.sql;

/** Carries the error that a client is to see for its statement. */
final class SqlFailure extends Exception {

  private static final int NEAR_LENGTH = 80;

  private final int number;
  private final String state;
  private final String words;

  SqlFailure(int number, String state, String words) {
    super(words, null, false, false);
    this.number = number;
    this.state = state;
    this.words = words;
  }

  int number() {
    return number;
  }

  String state() {
    return state;
  }

  String words() {
    return words;
  }

  static SqlFailure syntax(String near) {
    String shown = near.length() > NEAR_LENGTH ? near.substring(0, NEAR_LENGTH) : near;
    return new SqlFailure(
        1064,
        "42000",
        "You have an error in your SQL syntax; check the manual that corresponds to your OceanBase"
            + " version for the right syntax to use near '"
            + shown
            + "' at line 1");
  }

  static SqlFailure unknownTable(String schema, String table) {
    return new SqlFailure(1146, "42S02", "Table '" + schema + "." + table + "' doesn't exist");
  }

  static SqlFailure unknownDatabase(String name) {
    return new SqlFailure(1049, "42000", "Unknown database '" + name + "'");
  }

  static SqlFailure noDatabase() {
    return new SqlFailure(1046, "3D000", "No database selected");
  }

  static SqlFailure unknownVariable(String name) {
    return new SqlFailure(1193, "HY000", "Unknown system variable '" + name + "'");
  }

  static SqlFailure unknownFunction(String name) {
    return new SqlFailure(1305, "42000", "FUNCTION " + name + " does not exist");
  }

  static SqlFailure unsupported(String what) {
    return new SqlFailure(1235, "0A000", what + " not supported");
  }

  static SqlFailure selectDenied(String user, String table) {
    return new SqlFailure(
        1142,
        "42000",
        "SELECT command denied to user '" + user + "'@'%' for table '" + table + "'");
  }

  static SqlFailure alterSystemDenied() {
    return new SqlFailure(
        1227,
        "42501",
        "Access denied; you need (at least one of) the ALTER SYSTEM privilege(s) for this"
            + " operation");
  }

  static SqlFailure timeout() {
    return new SqlFailure(4012, "HY000", "Timeout");
  }
}
