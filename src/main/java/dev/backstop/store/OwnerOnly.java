package dev.backstop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the store's files to their owner, where the file system knows owners. */
final class OwnerOnly {

  private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Makes a folder, and those above it, unless they are there. */
  static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, FOLDER));
  }

  /** Returns what a new file is to be created with. */
  static FileAttribute<?>[] file(Path path) {
    return attributes(path, FILE);
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Takes a file that is there away from everybody else, and says so. */
  static void tighten(Path file) {
    if (!isPosix(file) || !Files.exists(file)) {
      return;
    }
    try {
      if (FILE.containsAll(Files.getPosixFilePermissions(file))) {
        return;
      }
      Files.setPosixFilePermissions(file, FILE);
      LOG.warn("{} was open to other users; its mode is 600 now", file);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("{} is open to other users; as its owner, type: chmod 600 {}", file, file);
    }
  }
}
