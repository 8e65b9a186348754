package dev.backstop.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the folder into which the SQLite driver unpacks its native library: one that nobody else
 * can write, or another user could swap the library before it is loaded.
 */
final class NativeLibrary {

  private static final String PROPERTY = "org.sqlite.tmpdir";
  private static final Duration LOADED_BY_THEN = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private NativeLibrary() {}

  /** Sets the folder once; one that was set from outside stays. */
  static synchronized void keepPrivate() {
    if (System.getProperty(PROPERTY) == null) {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
      Path folder = folder(temporary, System.getProperty("user.name", ""));
      if (!folder.equals(temporary)) {
        dropLeftovers(folder, Instant.now().minus(LOADED_BY_THEN));
      }
      System.setProperty(PROPERTY, folder.toString());
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
  static Path folder(Path temporary, String user) {
    try {
      if (!Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
        return temporary;
      }
      Path own = temporary.resolve("backstop-" + user.replaceAll("[^A-Za-z0-9_.-]", "_"));
      if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(own, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      return isPrivate(own, temporary) ? own : Files.createTempDirectory(temporary, "backstop-");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no private folder for the SQLite library can be made in " + temporary, e);
    }
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
