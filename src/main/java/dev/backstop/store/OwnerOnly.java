package dev.backstop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restricts the store's files to their owner, where the file system knows owners. */
final class OwnerOnly {

  private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Makes a folder, and those above it, unless they are there. */
  static void createFolders(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = folder; at != null && Files.notExists(at); at = at.getParent()) {
      missing.push(at);
    }
    Files.createDirectories(folder, attributes(folder, FOLDER));
    missing.forEach(OwnerOnly::handOver);
  }

  /**
   * Gives what root made to the user whose folder it lies in: a daemon of that user must be able to
   * read it. Does nothing for other users, who may not.
   */
  static void handOver(Path made) {
    Path folder = made.toAbsolutePath().getParent();
    try {
      if (folder != null && isPosix(made) && isRoot()) {
        Files.setOwner(made, Files.getOwner(folder));
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("{} stays root's: {}", made, e.toString());
    }
  }

  private static boolean isRoot() {
    try {
      return user().equals(0);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
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

  /** Returns whether something belongs to the user of this process; true where none can be told. */
  static boolean isOurs(Path path) {
    try {
      return owner(path).equals(user());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return true;
    }
  }

  private static Object user() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  private static Object owner(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Takes a file that is there away from everybody else, and says so. What a link leads to, and
   * what belongs to another user, is left as it is.
   */
  static void tighten(Path file) {
    if (!isPosix(file) || !FileProbe.isPlainFile(file) || !isOurs(file)) {
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
