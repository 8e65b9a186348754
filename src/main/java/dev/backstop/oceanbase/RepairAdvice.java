package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import java.sql.SQLException;

/** Explains what could not be read, and what to type or change. */
final class RepairAdvice {

  private final ClusterSettings settings;

  RepairAdvice(ClusterSettings settings) {
    this.settings = settings;
  }

  /** Returns why a part could not be read, and the repair. */
  String message(QueryPart part, SQLException e) {
    return part.source() + " can't be read (" + ServerErrors.message(e) + "); " + repair(part, e);
  }

  /** Returns the repair alone. */
  String repair(QueryPart part, SQLException e) {
    return switch (e.getErrorCode()) {
      case ServerErrors.TABLE_DENIED,
          ServerErrors.COLUMN_DENIED,
          ServerErrors.DATABASE_DENIED,
          ServerErrors.PRIVILEGE_NEEDED ->
          "type as root@sys: " + grantSelect();
      case ServerErrors.NO_SUCH_TABLE, ServerErrors.UNKNOWN_DATABASE ->
          "it is there from "
              + since(part)
              + " on, before 4.0 and in tenant sys only: check the version and user "
              + settings.user();
      case ServerErrors.UNKNOWN_COLUMN ->
          "this version's view lacks the column, as Community 3.1.0 does: upgrade the server";
      default -> "try it with a client as " + settings.user();
    };
  }

  private static String since(QueryPart part) {
    return part == QueryPart.SETS ? "2.2.76" : "2.2.77";
  }

  /** Returns the statement that lets the configured user read all that a look reads. */
  String grantSelect() {
    return "GRANT SELECT ON oceanbase.* TO " + LookQuery.literal(userName());
  }

  /** Returns the statement that lets the configured user stop what must not run. */
  String grantAlterSystem() {
    return "GRANT ALTER SYSTEM ON *.* TO " + LookQuery.literal(userName());
  }

  /** Returns the user without tenant and cluster, in either form (docs/oceanbase.md#connecting). */
  private String userName() {
    String user = settings.user();
    int at = user.indexOf('@');
    return at >= 0 ? user.substring(0, at) : user.substring(user.lastIndexOf(':') + 1);
  }
}
