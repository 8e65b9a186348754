package dev.backstop.store;

import dev.backstop.reconcile.StoreException;
import dev.backstop.settings.StateSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Knows the files of a store on SQLite: the database, its log and the log's index. */
public final class StoreFiles {

  private static final String SQLITE = "jdbc:sqlite:";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private StoreFiles() {}

  /** Returns the database's file; empty for a store on a server. */
  public static Optional<Path> file(StateSettings state) {
    return state.url().startsWith(SQLITE)
        ? Optional.of(Path.of(state.url().substring(SQLITE.length())))
        : Optional.empty();
  }

  /**
   * Renames the store's files to {@code <file>.<time>.unreadable}, so that a new store can begin
   * and the old one can be studied. No process may have them open for writing.
   *
   * @return the database's new name
   * @throws StoreException where a file can't be renamed
   */
  public static Path setAside(Path file, Instant now) {
    String ending = "." + STAMP.format(now) + ".unreadable";
    Path renamed = beside(file, ending);
    // The database last: until it is gone, the others can't be taken for those of a new one.
    for (Path part : List.of(log(file), index(file), file)) {
      if (Files.exists(part)) {
        rename(part, beside(part, ending));
      }
    }
    return renamed;
  }

  private static void rename(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new StoreException(
          from + " can't be renamed to " + to.getFileName() + "; check the folder's owner and mode",
          e);
    }
  }

  /**
   * Returns what tells the file from any other that has had its name.
   *
   * @throws StoreException where no file has the name
   */
  static Object identity(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? file : key;
    } catch (NoSuchFileException e) {
      throw new StoreException(
          "the state store "
              + file
              + " is gone; put it back, or restart backstop to begin a new one, for which deletions"
              + " and disarmings before are unknown",
          e);
    } catch (IOException e) {
      throw new StoreException(
          "the state store " + file + " can't be reached; check the file system: " + e, e);
    }
  }

  /** Returns the write-ahead log, which is there while somebody has the store open. */
  static Path log(Path file) {
    return beside(file, "-wal");
  }

  static Path index(Path file) {
    return beside(file, "-shm");
  }

  static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}
