package dev.backstop.simulator.cluster;

import java.util.List;

/** Words the server's refusals (docs/oceanbase.md#errors). */
final class Refusal {

  static final int CANCELLED = -4072;
  static final int DEVICE_ERROR = -4009;
  static final int CAN_NOT_START = -9050;
  static final int TENANT_GONE = -5685;

  private static final List<Reply> SWITCHING =
      List.of(
          Reply.error(4638, "HY000", "The RootServer is not the master"),
          Reply.error(4512, "HY000", "RootServer state error"),
          Reply.error(4550, "HY000", "rootservice is shutdown"),
          Reply.error(4162, "HY000", "reserved lease not enough"));

  private static final int NEAR_LENGTH = 80;

  private Refusal() {}

  /** Says where the parser stumbled: at a place of the statement. */
  static Reply syntax(String statement, int offset) {
    String near = statement.substring(offset);
    return Reply.error(
        1064,
        "42000",
        "You have an error in your SQL syntax; check the manual that corresponds to your OceanBase"
            + " version for the right syntax to use near '"
            + (near.length() > NEAR_LENGTH ? near.substring(0, NEAR_LENGTH) : near)
            + "' at line "
            + (1 + statement.substring(0, offset).chars().filter(c -> c == '\n').count()));
  }

  static Reply notSupported(String words) {
    return Reply.error(1235, "0A000", words);
  }

  static Reply notSupported() {
    return notSupported("Not supported feature or function");
  }

  static Reply otherTenant() {
    return Reply.error(1227, "42501", "Access denied");
  }

  static Reply noPrivilege() {
    return Reply.error(
        1227,
        "42501",
        "Access denied; you need (at least one of) the SUPER or ALTER SYSTEM privilege(s) for this"
            + " operation");
  }

  static Reply deniedTable(String name) {
    return Reply.error(
        1142, "42000", "SELECT command denied to user 'backstop'@'%' for table '" + name + "'");
  }

  static Reply missingTable(String name) {
    return Reply.error(1146, "42S02", "Table 'oceanbase." + name + "' doesn't exist");
  }

  static Reply timeout() {
    return Reply.error(4012, "HY000", "Timeout");
  }

  static Reply configNotSync() {
    return Reply.error(4527, "F0000", "Configuration not sync");
  }

  static Reply invalidArgument() {
    return Reply.error(1210, "HY000", "Invalid argument");
  }

  static Reply tryAgain() {
    return Reply.error(4023, "HY000", "Try again");
  }

  static Reply inProgress() {
    return Reply.error(9036, "HY000", "Backup is in progress");
  }

  static Reply badDestination() {
    return Reply.error(9026, "HY000", "backup destination is not valid");
  }

  static Reply canNotStart(String why) {
    return Reply.error(9050, "HY000", "backup backup can not start, because " + why);
  }

  static Reply unknownTenant() {
    return Reply.error(5160, "HY000", "invalid tenant name specified in connection string");
  }

  static Reply unknownParameter() {
    return Reply.error(5099, "HY000", "System config unknown");
  }

  static Reply noBackupToCancel() {
    return Reply.error(9049, "HY000", "backup status is stopped, can not cancel");
  }

  static Reply archiveAlreadyOff() {
    return Reply.error(9024, "HY000", "log archive backup is already disabled");
  }

  static Reply archiveAlreadyOn() {
    return Reply.error(9023, "HY000", "log archive backup is already enabled");
  }

  static Reply noDeleteToCancel() {
    return Reply.error(9053, "HY000", "cancel delete backup do not allow");
  }

  /** Takes the errors of a changing RootService in turn. */
  static Reply switching(int turn) {
    return SWITCHING.get(Math.floorMod(turn, SWITCHING.size()));
  }
}
