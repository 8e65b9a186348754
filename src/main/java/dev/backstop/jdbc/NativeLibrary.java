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
 * Loads the SQLite library from a folder that only this user can write: the driver unpacks it
 * there, and another user could replace it before it is loaded.
 */
final class NativeLibrary {

  private static final String NOT_LOADED =
      "lets no program run, for it is mounted noexec, or the disk is full";

  private static final String PROPERTY = "org.sqlite.tmpdir";

  /** The folder in which a package has installed the library, which then is not unpacked. */
  private static final String INSTALLED = "org.sqlite.lib.path";

  private static final Duration LOADED_AFTER = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private static boolean isLoaded;

  private NativeLibrary() {}

  /**
   * Loads the library once, from the first usable folder: a temporary one, else the one that holds
   * the database. A folder that is set as a system property is the only candidate.
   *
   * @throws NativeLibraryException where none is usable, with the reason for each
   */
  static synchronized void load(Path database) throws NativeLibraryException {
    if (isLoaded) {
      return;
    }
    if (System.getProperty(INSTALLED) != null && initialize()) {
      isLoaded = true;
      return;
    }
    String configured = System.getProperty(PROPERTY);
    Map<Path, String> failures = new LinkedHashMap<>();
    for (Path folder : configured == null ? folders(database) : List.of(Path.of(configured))) {
      Optional<String> failure = loadFrom(folder, configured == null);
      if (failure.isEmpty()) {
        isLoaded = true;
        return;
      }
      failures.put(folder, failure.get());
    }
    if (configured == null) {
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

  /** Returns whether the driver could load the library from where it looks. */
  private static boolean initialize() {
    try {
      return SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      // The driver declares nothing more precise.
      LOG.debug("the installed SQLite library could not be loaded", e);
      return false;
    }
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

  /** Loads the library from a folder; returns why that failed, empty where it is loaded. */
  private static Optional<String> loadFrom(Path folder, boolean isTemporary) {
    if (!Files.isDirectory(folder)) {
      return Optional.of("is no folder");
    }
    if (!Files.isWritable(folder)) {
      return Optional.of("can't be written");
    }
    try {
      if (isTemporary) {
        Path own = ownFolder(folder, System.getProperty("user.name", ""));
        if (!own.equals(folder)) {
          deleteStale(own, Instant.now().minus(LOADED_AFTER));
        }
        System.setProperty(PROPERTY, own.toString());
      }
      return SQLiteJDBCLoader.initialize() ? Optional.empty() : Optional.of(NOT_LOADED);
    } catch (IOException e) {
      return Optional.of("can't be written: " + e.getMessage());
    } catch (Exception e) {
      // The driver declares nothing more precise.
      return Optional.of(NOT_LOADED);
    }
  }

  /**
   * Deletes libraries unpacked before an instant, which killed processes have left. A running
   * process has loaded its library by then and no longer needs the file.
   */
  static void deleteStale(Path folder, Instant before) {
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

  /** Returns the user's own folder, or a new one where that is not private. */
  static Path ownFolder(Path temporary, String user) throws IOException {
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
