package dev.backstop.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Chooses the folder into which the SQLite driver unpacks its native library: one that nobody else
 * can write, or another user could swap the library before it is loaded.
 */
final class NativeLibrary {

  private static final String PROPERTY = "org.sqlite.tmpdir";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private NativeLibrary() {}

  /** Sets the folder once; one that was set from outside stays. */
  static synchronized void keepPrivate() {
    if (System.getProperty(PROPERTY) == null) {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
      System.setProperty(
          PROPERTY, folder(temporary, System.getProperty("user.name", "")).toString());
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
