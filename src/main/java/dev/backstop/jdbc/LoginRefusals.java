package dev.backstop.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** Errors that refuse an account, so that further logins could lock it. */
public final class LoginRefusals {

  /**
   * Wrong, missing or expired password, and locked account, as MySQL, MariaDB and OceanBase number
   * them.
   */
  private static final Set<Integer> CODES = Set.of(1045, 1698, 1820, 1862, 3118, 3955, 4151);

  /** The standard's state for a refused authorization. */
  private static final String STATE = "28000";

  private LoginRefusals() {}

  /** Returns whether the server refused the account itself. */
  public static boolean isRefusal(SQLException e) {
    return e.getErrorCode() > 0
        && (CODES.contains(e.getErrorCode()) || STATE.equals(e.getSQLState()));
  }

  /** Returns what to do about a refusal. */
  static String repair(SQLException e, String password) {
    return switch (e.getErrorCode()) {
      case 1820, 1862 -> "its password has expired: set a new one there and in " + password;
      case 3118, 3955, 4151 -> "it is locked: unlock it there (ALTER USER ... ACCOUNT UNLOCK)";
      default ->
          "check user, tenant and "
              + password
              + " (user@tenant for an OBServer, user@tenant#cluster for an OBProxy)";
    };
  }
}
