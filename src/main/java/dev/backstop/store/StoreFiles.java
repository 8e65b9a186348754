package dev.backstop.store;

import dev.backstop.config.StateSettings;
import dev.backstop.state.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Knows the files of a store on SQLite: the database, its log and the log's index. */
public final class StoreFiles {

  static final String UNREADABLE = ".unreadable";
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
    String ending = "." + STAMP.format(now) + UNREADABLE;
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

  /**
   * Lists what tells of a store that is not there.
   *
   * @param names of files in its folder, sorted
   * @param words why they can't be listed; empty where they were, or the folder is not there
   */
  public record Traces(List<String> names, String words) {}

  /** Looks in a store's folder for what a store leaves beside it. */
  public static Traces traces(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || FileProbe.of(folder).answer() == FileProbe.Answer.ABSENT) {
      return new Traces(List.of(), "");
    }
    String name = String.valueOf(file.getFileName());
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String other = String.valueOf(entry.getFileName());
        if (isTrace(other, name)) {
          found.add(other);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return new Traces(List.of(), "the state folder " + folder + " can't be listed: " + e);
    }
    return new Traces(found.stream().sorted().toList(), "");
  }

  private static boolean isTrace(String other, String name) {
    return List.of(name + "-wal", name + "-shm", name + ".run").contains(other)
        || ((other.startsWith(name + ".") || other.startsWith(name + "-"))
            && other.endsWith(UNREADABLE));
  }

  /**
   * Returns the user to whom a file belongs, or the nearest folder above it that can be looked at;
   * empty where that is this process's own user.
   */
  public static Optional<String> owner(Path file) {
    Path at = file.toAbsolutePath();
    while (at != null) {
      try {
        String name = Files.getOwner(at).getName();
        return OwnerOnly.isOurs(at) ? Optional.empty() : Optional.of(name);
      } catch (IOException | UnsupportedOperationException e) {
        // Whoever owns the folder above may look.
        at = at.getParent();
      }
    }
    return Optional.empty();
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
