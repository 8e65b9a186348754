package dev.backstop.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** Tells which errors refuse an account, so that trying on could lock it. */
public final class LoginRefusals {

  /**
   * Wrong password, no password, expired password (at its first statement or at the login), locked
   * account, by whatever name MySQL, MariaDB and OceanBase call it.
   */
  private static final Set<Integer> CODES = Set.of(1045, 1698, 1820, 1862, 3118, 3955, 4151);

  /** The standard's state for a refused authorization. */
  private static final String STATE = "28000";

  private LoginRefusals() {}

  /** Returns whether the server refused the account itself. */
  public static boolean isOne(SQLException e) {
    return e.getErrorCode() > 0
        && (CODES.contains(e.getErrorCode()) || STATE.equals(e.getSQLState()));
  }

  /** Returns what to do about it, without the server's words. */
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
