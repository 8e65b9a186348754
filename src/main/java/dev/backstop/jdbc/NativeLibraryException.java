package dev.backstop.jdbc;

import java.sql.SQLException;

/** Thrown where the native SQLite library can be loaded from no folder; says what to do. */
public final class NativeLibraryException extends SQLException {

  private static final long serialVersionUID = 1L;

  NativeLibraryException(String message) {
    super(message);
  }
}
