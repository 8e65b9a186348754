package dev.backstop.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Is the policy folder in memory, and knows what was written into it. */
final class FakeFolder implements AutoCloseable {

  private static final Configuration UNIX =
      Configuration.unix().toBuilder()
          .setAttributeViews("unix")
          .setSupportedFeatures(Feature.LINKS, Feature.SYMBOLIC_LINKS)
          .build();

  private final FileSystem fileSystem;
  private final VirtualTime time;
  private final boolean isLinked;
  private final boolean isMixed;
  private final Path root;
  private final Path aside;
  private final Map<String, WrittenFile> writtenFiles = new TreeMap<>();
  private final Map<String, WrittenFile> unread = new TreeMap<>();
  private final Set<String> taken = new TreeSet<>();
  private boolean isBuilt;
  private boolean isThere = true;
  private int folders;
  private int identity;
  private long revisions;

  /**
   * Is one file as it was last written.
   *
   * @param revision another number for every write that anybody could tell from the one before
   * @param writtenAt its time of modification
   */
  record WrittenFile(FileContent content, long revision, Instant writtenAt) {

    WrittenFile read(FileContent as) {
      return new WrittenFile(as, revision, writtenAt);
    }

    /** Returns whether it holds the bytes of another one, and bears its time. */
    boolean isWrittenAs(WrittenFile other) {
      return content.equals(other.content) && writtenAt.equals(other.writtenAt);
    }
  }

  FakeFolder(VirtualTime time, boolean isLinked, boolean isMixed) {
    this.time = time;
    this.isLinked = isLinked;
    this.isMixed = isMixed;
    fileSystem = Jimfs.newFileSystem(UNIX.toBuilder().setFileTimeSource(this::fileTime).build());
    isBuilt = true;
    root = fileSystem.getPath("/policies");
    aside = fileSystem.getPath("/aside");
    doing(
        () -> {
          Files.createDirectory(fileSystem.getPath("/linked"));
          if (isLinked) {
            Files.createSymbolicLink(root, Files.createDirectory(fileSystem.getPath("/v0")));
          } else {
            Files.createDirectory(root);
          }
        });
  }

  /** The root is older than anything in it, as one that has times of creation shows. */
  private FileTime fileTime() {
    return FileTime.from(isBuilt ? time.now() : World.START.minus(Duration.ofDays(1)));
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void doing(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder in memory failed", e);
    }
  }

  Path root() {
    return root;
  }

  /** Returns the files that are there, by name; nothing while the folder is away. */
  Map<String, WrittenFile> writtenFiles() {
    return isThere ? writtenFiles : Map.of();
  }

  /** Returns what lies under names that are not read; nothing while the folder is away. */
  Map<String, WrittenFile> unread() {
    return isThere ? unread : Map.of();
  }

  /** Returns whether a file is reached by a link that leads out of the folder. */
  boolean isLink(String file) {
    return Files.isSymbolicLink(root.resolve(file));
  }

  /** Returns whether a folder is in the place of a file. */
  boolean isTaken(String file) {
    return isThere && taken.contains(file);
  }

  /** Names a file of a policy, such that a locale without its script shows many alike. */
  String fileOf(String policy) {
    String script = String.valueOf((char) (0x4E00 + policy.hashCode() % 97));
    return isMixed ? script + policy + ".YAML" : policy + ".yaml";
  }

  boolean isThere() {
    return isThere;
  }

  /** Tells one folder from another that took its place. */
  int identity() {
    return identity;
  }

  /** Counts every change of anything. */
  long changes() {
    return revisions;
  }

  void write(String file, FileContent content) {
    if (isThere) {
      free(file);
      writtenFiles.put(file, written(file, content));
      put(root, file, content.text());
    }
  }

  /** The same bytes at the same instant are the same version. */
  private WrittenFile written(String file, FileContent content) {
    WrittenFile before = writtenFiles.get(file);
    if (before != null
        && before.writtenAt().equals(time.now())
        && before.content().text().equals(content.text())) {
      return before;
    }
    return new WrittenFile(content, ++revisions, time.now());
  }

  private void put(Path into, String file, String text) {
    Path path = into.resolve(file);
    doing(
        () -> {
          Files.createDirectories(path.getParent());
          boolean isNew = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
          if (isMixed && isNew && file.hashCode() % 3 == 0) {
            Path target = fileSystem.getPath("/linked/" + ++revisions);
            Files.writeString(target, text);
            Files.createSymbolicLink(path, target);
          }
          Files.writeString(path, text);
          Files.setLastModifiedTime(path, FileTime.from(time.now()));
        });
  }

  void delete(String file) {
    if (isThere && writtenFiles.remove(file) != null) {
      revisions++;
      doing(() -> Files.delete(root.resolve(file)));
    }
  }

  void rename(String file, String other) {
    WrittenFile written = writtenFiles.get(file);
    if (isThere && written != null && !writtenFiles.containsKey(other)) {
      free(other);
      writtenFiles.remove(file);
      writtenFiles.put(other, new WrittenFile(written.content(), ++revisions, written.writtenAt()));
      doing(() -> Files.createDirectories(root.resolve(other).getParent()));
      doing(() -> Files.move(root.resolve(file), root.resolve(other)));
    }
  }

  /** Moves a file to a name that is not read. */
  void moveUnread(String file) {
    WrittenFile written = isThere ? writtenFiles.remove(file) : null;
    if (written != null) {
      revisions++;
      unread.put(file + ".off", written);
      Path path = root.resolve(file);
      doing(
          () ->
              Files.move(
                  path,
                  path.resolveSibling(path.getFileName() + ".off"),
                  StandardCopyOption.REPLACE_EXISTING));
    }
  }

  /** Makes a folder in the place of a file. */
  void take(String file) {
    if (isThere && writtenFiles.containsKey(file)) {
      delete(file);
      taken.add(file);
      doing(() -> Files.createDirectory(root.resolve(file)));
    }
  }

  /** Removes a folder that is in the place of a file. */
  void free(String file) {
    if (isThere && taken.remove(file)) {
      revisions++;
      doing(() -> Files.delete(root.resolve(file)));
    }
  }

  /** Removes every folder that is in the place of a file. */
  void freeAll() {
    List.copyOf(taken).forEach(this::free);
  }

  /** Takes the folder away, as a mount that is lost. */
  boolean vanish() {
    if (!isThere) {
      return false;
    }
    isThere = false;
    revisions++;
    doing(() -> Files.move(root, aside));
    return true;
  }

  /** Makes the folder one that can't be listed. */
  boolean makeUnreadable() {
    boolean isMoved = vanish();
    if (isMoved) {
      doing(() -> Files.writeString(root, "no folder"));
    }
    return isMoved;
  }

  /** Brings the same folder back. */
  void comeBack() {
    if (!isThere) {
      isThere = true;
      revisions++;
      doing(() -> Files.deleteIfExists(root));
      doing(() -> Files.move(aside, root));
    }
  }

  /** Puts another folder in its place, with the same files but for one. */
  boolean swap(String without) {
    if (!isThere) {
      return false;
    }
    writtenFiles.remove(without);
    writtenFiles.replaceAll((file, written) -> written(file, written.content()));
    unread.clear();
    taken.clear();
    folders++;
    revisions++;
    if (isLinked) {
      Path other = fileSystem.getPath("/v" + folders);
      Path link = fileSystem.getPath("/link" + folders);
      doing(() -> Files.createDirectory(other));
      writtenFiles.forEach((file, written) -> put(other, file, written.content().text()));
      doing(() -> Files.createSymbolicLink(link, other));
      doing(() -> Files.move(link, root, StandardCopyOption.REPLACE_EXISTING));
      return true;
    }
    // A link that is swapped is a way to edit; a folder that is swapped is another folder.
    identity++;
    doing(() -> Files.move(root, fileSystem.getPath("/old" + folders)));
    doing(() -> Files.createDirectory(root));
    writtenFiles.forEach((file, written) -> put(root, file, written.content().text()));
    return true;
  }

  @Override
  public void close() {
    doing(fileSystem::close);
  }
}
