package dev.backstop.jdbc;

import java.sql.SQLException;

/** Says in words what the driver says with a key that its own list of messages lacks. */
public final class DriverWords {

  private static final String REFUSED_LOGIN = "AuthenticationProvider.BadAuthenticationPlugin";
  private static final String KEY_WANTED = "Public Key Retrieval is not allowed";
  private static final int LONGEST_KEY = 200;

  private DriverWords() {}

  /** Returns what it says, never empty. */
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

  /** Returns whether the server wants a login that would show the password, or a key of its own. */
  public static boolean isUnsafeLogin(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("!" + REFUSED_LOGIN) || message.startsWith(KEY_WANTED);
  }

  /** The driver puts a key that it has no text for between exclamation marks. */
  private static boolean isKey(String text) {
    return text.length() > 2
        && text.length() < LONGEST_KEY
        && text.startsWith("!")
        && text.endsWith("!")
        && text.indexOf(' ') < 0;
  }
}
