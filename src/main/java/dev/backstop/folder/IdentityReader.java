package dev.backstop.folder;

import dev.backstop.policy.FolderIdentity;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what identifies a folder or file, even against another that took its place and its inode.
 */
final class IdentityReader {

  private static final int MOST_LINKS = 40;

  private final Path folder;
  private final Map<Object, Boolean> hasCreationTimesByDevice = new HashMap<>();

  /** Reads the identity of a policy folder and of what lies in it. */
  IdentityReader(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /**
   * A folder that was reached.
   *
   * @param identity unknown where the file system has no keys
   * @param path where it is, without any link
   */
  record Reached(FolderIdentity identity, Path path) {}

  /** Reaches the policy folder. */
  Reached root() throws IOException {
    return reach(
        FolderIdentity.configured(FileNames.ofPath(folder)), folder.getRoot(), parts(folder));
  }

  /** Reaches a folder in another one. */
  Reached inside(Reached parent, Path entry) throws IOException {
    FolderIdentity start = parent.identity().inside(FileNames.of(entry));
    return reach(start, parent.path(), parts(entry.getFileName()));
  }

  private static Deque<Path> parts(Path path) {
    Deque<Path> parts = new ArrayDeque<>();
    path.forEach(parts::addLast);
    return parts;
  }

  /** Walks to a folder part by part; the texts of the links on the way belong to its identity. */
  private Reached reach(FolderIdentity start, Path from, Deque<Path> left) throws IOException {
    FolderIdentity identity = start;
    Path at = from;
    int links = 0;
    while (!left.isEmpty()) {
      Path next = next(at, left.removeFirst());
      if (!isLink(next)) {
        at = next;
        continue;
      }
      if (++links > MOST_LINKS) {
        throw new FileSystemLoopException(folder.toString());
      }
      Path target = Files.readSymbolicLink(next);
      identity = identity.link(key(at), FileNames.ofPath(target));
      at = target.isAbsolute() ? target.getRoot() : at;
      addFirst(left, target);
    }
    String key = key(at);
    return new Reached(key.isEmpty() ? FolderIdentity.UNKNOWN : identity.folder(key), at);
  }

  private static Path next(Path at, Path part) {
    String name = part.toString();
    if (name.equals("..")) {
      Path above = at.getParent();
      return above == null ? at : above;
    }
    return name.equals(".") || name.isEmpty() ? at : at.resolve(part);
  }

  private static void addFirst(Deque<Path> left, Path target) {
    for (int part = target.getNameCount() - 1; part >= 0; part--) {
      left.addFirst(target.getName(part));
    }
  }

  private static boolean isLink(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isSymbolicLink();
  }

  /** Returns whether a file lies outside of the policy folder, once all links are followed. */
  boolean leadsOut(Path file) throws IOException {
    return !file.toRealPath().startsWith(folder.toRealPath());
  }

  private String key(Path path) throws IOException {
    return key(path, FileStamp.of(path));
  }

  /** Returns what identifies a file or folder; empty where the file system does not tell. */
  String key(Path path, FileStamp stamp) throws IOException {
    Object key = stamp.key();
    if (key == null) {
      return "";
    }
    if (hasCreationTimes(path, stamp.device())) {
      return key + " created " + stamp.created();
    }
    return stamp.type() == FileStamp.Type.FILE ? key + " written " + stamp.modified() : "" + key;
  }

  /**
   * Returns whether creation times are kept where a folder lies. Where they are not, the JDK hands
   * out the time of the last change instead, so it takes one folder on the device that shows two
   * different times. The folder itself can't be the judge: it shows one time while it is fresh.
   */
  private boolean hasCreationTimes(Path path, @Nullable Object device) throws IOException {
    if (device == null) {
      return true;
    }
    Boolean known = hasCreationTimesByDevice.get(device);
    if (known == null) {
      known = ancestorShowsTwoTimes(path.toRealPath().getParent(), device);
      hasCreationTimesByDevice.put(device, known);
    }
    return known;
  }

  private static boolean ancestorShowsTwoTimes(@Nullable Path nearest, Object device)
      throws IOException {
    for (Path above = nearest; above != null; above = above.getParent()) {
      FileStamp stamp = FileStamp.of(above);
      if (!Objects.equals(stamp.device(), device)) {
        return false;
      }
      if (!stamp.created().equals(stamp.modified())) {
        return true;
      }
    }
    return false;
  }
}
