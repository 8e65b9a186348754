package dev.backstop.jdbc;

import java.sql.SQLException;

/** Reads the driver's messages, some of which are keys without a text. */
public final class DriverMessages {

  private static final String REFUSED_PLUGIN = "AuthenticationProvider.BadAuthenticationPlugin";
  private static final String KEY_REQUESTED = "Public Key Retrieval is not allowed";
  private static final int MAX_KEY_LENGTH = 200;

  private DriverMessages() {}

  /** Returns the message of an exception, never empty. */
  public static String of(SQLException e) {
    if (isUnsafeLogin(e)) {
      return "the server asks for the password in a way that might show it to a false server; let"
          + " the user log in by mysql_native_password";
    }
    String message = e.getMessage();
    String text = message == null ? "" : message.strip();
    if (text.isEmpty()) {
      return "no words";
    }
    return isKey(text) ? "the driver gave up: " + text.replace("!", "") : text;
  }

  /** Returns whether the server asked for a login that would show it the password. */
  public static boolean isUnsafeLogin(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("!" + REFUSED_PLUGIN) || message.startsWith(KEY_REQUESTED);
  }

  /** The driver puts a key without a text between exclamation marks. */
  private static boolean isKey(String text) {
    return text.length() > 2
        && text.length() < MAX_KEY_LENGTH
        && text.startsWith("!")
        && text.endsWith("!")
        && text.indexOf(' ') < 0;
  }
}
