package dev.backstop.jdbc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Chooses the folder into which the SQLite driver unpacks its native library: one that nobody else
 * can write, or another user could swap the library before it is loaded.
 */
final class NativeLibrary {

  private static final String NOT_LOADED =
      "lets no program run, for it is mounted noexec, or the disk is full";

  private static final String PROPERTY = "org.sqlite.tmpdir";
  private static final Duration LOADED_BY_THEN = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private static boolean isLoaded;

  private NativeLibrary() {}

  /**
   * Loads the library once, by way of the first folder that will do: the temporary ones, else the
   * one that holds the database. A folder that was set from outside is the only one.
   *
   * @throws NativeLibraryException where none will do, naming each and what is wrong with it
   */
  static synchronized void load(Path database) throws NativeLibraryException {
    if (isLoaded) {
      return;
    }
    String set = System.getProperty(PROPERTY);
    Map<Path, String> failures = new LinkedHashMap<>();
    for (Path folder : set == null ? folders(database) : List.of(Path.of(set))) {
      Optional<String> failure = failure(folder, set == null);
      if (failure.isEmpty()) {
        isLoaded = true;
        return;
      }
      failures.put(folder, failure.get());
    }
    if (set == null) {
      System.clearProperty(PROPERTY);
    }
    throw new NativeLibraryException(
        "the SQLite library can be loaded from no folder: "
            + failures.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "))
            + "; name a folder that this user can write and that is not mounted noexec:"
            + " BACKSTOP_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
  }

  private static Set<Path> folders(Path database) {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath());
    folders.add(Path.of("/var/tmp"));
    Path beside = database.toAbsolutePath().getParent();
    if (beside != null) {
      folders.add(beside);
    }
    folders.add(Path.of("/dev/shm"));
    return folders;
  }

  /** Returns why the library can't be loaded by way of a folder; empty where it has been. */
  private static Optional<String> failure(Path folder, boolean isOurChoice) {
    if (!Files.isDirectory(folder)) {
      return Optional.of("is no folder");
    }
    if (!Files.isWritable(folder)) {
      return Optional.of("can't be written");
    }
    try {
      if (isOurChoice) {
        Path own = folder(folder, System.getProperty("user.name", ""));
        if (!own.equals(folder)) {
          dropLeftovers(own, Instant.now().minus(LOADED_BY_THEN));
        }
        System.setProperty(PROPERTY, own.toString());
      }
      return SQLiteJDBCLoader.initialize() ? Optional.empty() : Optional.of(NOT_LOADED);
    } catch (IOException e) {
      return Optional.of("can't be written: " + e.getMessage());
    } catch (Exception e) {
      // The driver throws no more precise ones.
      return Optional.of(NOT_LOADED);
    }
  }

  /**
   * Deletes libraries unpacked before an instant: a killed process leaves its own behind. One that
   * still runs has loaded it and needs the file no more; where it does, deleting fails.
   */
  static void dropLeftovers(Path folder, Instant before) {
    try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path library : libraries) {
        if (Files.getLastModifiedTime(library).toInstant().isBefore(before)) {
          Files.deleteIfExists(library);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("libraries left behind in {} could not be deleted: {}", folder, e.getMessage());
    }
  }

  /** Returns the user's own folder, the same each time, else a fresh one. */
  static Path folder(Path temporary, String user) throws IOException {
    if (!Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
      return temporary;
    }
    Path own = temporary.resolve("backstop-" + user.replaceAll("[^A-Za-z0-9_.-]", "_"));
    if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(own, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    return isPrivate(own, temporary) ? own : Files.createTempDirectory(temporary, "backstop-");
  }

  private static boolean isPrivate(Path folder, Path temporary) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Path probe = Files.createTempFile(temporary, "backstop-", ".owner");
    try {
      return found.isDirectory()
          && found.permissions().equals(OWNER_ONLY)
          && found.owner().equals(Files.getOwner(probe));
    } finally {
      Files.delete(probe);
    }
  }
}
