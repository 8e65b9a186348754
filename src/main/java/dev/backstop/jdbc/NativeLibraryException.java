package dev.backstop.jdbc;

import java.sql.SQLException;

/** Says why the native SQLite library can be loaded from no folder, and what to do. */
public final class NativeLibraryException extends SQLException {

  private static final long serialVersionUID = 1L;

  NativeLibraryException(String words) {
    super(words);
  }
}
