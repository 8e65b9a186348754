package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import java.sql.SQLException;

/** Puts what could not be read into words that name what to type or change. */
final class Repair {

  private final ClusterSettings settings;

  Repair(ClusterSettings settings) {
    this.settings = settings;
  }

  /** Says what the server said of an arm and what heals it. */
  String words(QueryPart arm, SQLException e) {
    return arm.source() + " can't be read (" + ServerErrors.words(e) + "); " + cure(arm, e);
  }

  /** Returns what heals it alone. */
  String cure(QueryPart arm, SQLException e) {
    return switch (e.getErrorCode()) {
      case ServerErrors.TABLE_DENIED,
          ServerErrors.COLUMN_DENIED,
          ServerErrors.DATABASE_DENIED,
          ServerErrors.PRIVILEGE_NEEDED ->
          "type as root@sys: " + grantSelect();
      case ServerErrors.NO_SUCH_TABLE, ServerErrors.UNKNOWN_DATABASE ->
          "it is there from "
              + since(arm)
              + " on, before 4.0 and in tenant sys only: check the version and user "
              + settings.user();
      case ServerErrors.UNKNOWN_COLUMN ->
          "this version's view lacks the column, as Community 3.1.0 does: upgrade the server";
      default -> "try it with a client as " + settings.user();
    };
  }

  private static String since(QueryPart arm) {
    return arm == QueryPart.SETS ? "2.2.76" : "2.2.77";
  }

  /** Returns the statement that lets the configured user read all that a look reads. */
  String grantSelect() {
    return "GRANT SELECT ON oceanbase.* TO " + LookQuery.literal(userName());
  }

  /** Returns the statement that lets the configured user stop what must not run. */
  String grantAlterSystem() {
    return "GRANT ALTER SYSTEM ON *.* TO " + LookQuery.literal(userName());
  }

  /** Names the user without tenant and cluster, in either form (docs/oceanbase.md#connecting). */
  private String userName() {
    String user = settings.user();
    int at = user.indexOf('@');
    return at >= 0 ? user.substring(0, at) : user.substring(user.lastIndexOf(':') + 1);
  }
}
