package dev.backstop.store;

import dev.backstop.jdbc.NativeLibraryException;
import dev.backstop.jdbc.SqliteConnections;
import dev.backstop.state.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;

/** What SQLite's error numbers (sqlite.org/rescode.html) mean for the store. */
enum SqliteTrouble {
  LOCKED(
      "is locked: another program has held it for more than "
          + SqliteConnections.BUSY_TIMEOUT.toSeconds()
          + " s; see who by: fuser"),
  FULL("can't be written: the disk is full; free space there"),
  NOT_WRITABLE("can't be written; check the owner and mode of the file and its folder"),
  NOT_READABLE("can't be opened; check the owner and mode of the file and its folder"),
  DAMAGED("is damaged or is no SQLite database"),
  DISK("can't be read or written: the disk reports an error; see the kernel's log"),
  LIBRARY("can't be opened"),
  OTHER("failed");

  private final String words;

  SqliteTrouble(String words) {
    this.words = words;
  }

  static SqliteTrouble of(SQLException error) {
    if (error instanceof NativeLibraryException) {
      return LIBRARY;
    }
    return switch (error.getErrorCode() & 0xff) {
      case 5, 6 -> LOCKED;
      case 13 -> FULL;
      case 8 -> NOT_WRITABLE;
      case 3, 14, 23 -> NOT_READABLE;
      case 11, 26 -> DAMAGED;
      case 10 -> DISK;
      default -> OTHER;
    };
  }

  /** Returns whether the file itself is at fault, so that trying again is of no use. */
  boolean failsTheCheck() {
    return this == DAMAGED || this == NOT_READABLE;
  }

  String about(Path file, SQLException error) {
    String said = error.getMessage();
    return "the state store "
        + file
        + " "
        + words
        + (this == LOCKED ? " " + file : "")
        + (said == null || said.isEmpty() ? "" : " (" + said + ")");
  }

  static StoreException explain(Path file, SQLException error) {
    return new StoreException(of(error).about(file, error), error);
  }
}
