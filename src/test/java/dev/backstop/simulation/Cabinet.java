package dev.backstop.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Is the policy folder in memory, and knows what was written into it. */
final class Cabinet implements AutoCloseable {

  private static final Configuration UNIX =
      Configuration.unix().toBuilder()
          .setAttributeViews("unix")
          .setSupportedFeatures(Feature.LINKS, Feature.SYMBOLIC_LINKS)
          .build();

  private final FileSystem files;
  private final VirtualTime time;
  private final boolean isLinked;
  private final Path folder;
  private final Path aside;
  private final Map<String, Sheet> sheets = new TreeMap<>();
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
  record Sheet(Paper paper, long revision, Instant writtenAt) {

    Sheet read(Paper as) {
      return new Sheet(as, revision, writtenAt);
    }
  }

  Cabinet(VirtualTime time, boolean isLinked) {
    this.time = time;
    this.isLinked = isLinked;
    files = Jimfs.newFileSystem(UNIX.toBuilder().setFileTimeSource(this::fileTime).build());
    isBuilt = true;
    folder = files.getPath("/policies");
    aside = files.getPath("/aside");
    doing(
        () -> {
          if (isLinked) {
            Files.createSymbolicLink(folder, Files.createDirectory(files.getPath("/v0")));
          } else {
            Files.createDirectory(folder);
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

  Path folder() {
    return folder;
  }

  /** Returns the files that are there, by name; nothing while the folder is away. */
  Map<String, Sheet> sheets() {
    return isThere ? sheets : Map.of();
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

  void write(String file, Paper paper) {
    if (isThere) {
      sheets.put(file, written(file, paper));
      put(folder, file, paper.text());
    }
  }

  /** The same bytes at the same instant are the same version. */
  private Sheet written(String file, Paper paper) {
    Sheet before = sheets.get(file);
    if (before != null
        && before.writtenAt().equals(time.now())
        && before.paper().text().equals(paper.text())) {
      return before;
    }
    return new Sheet(paper, ++revisions, time.now());
  }

  private void put(Path into, String file, String text) {
    Path path = into.resolve(file);
    doing(
        () -> {
          Files.writeString(path, text);
          Files.setLastModifiedTime(path, FileTime.from(time.now()));
        });
  }

  void delete(String file) {
    if (isThere && sheets.remove(file) != null) {
      revisions++;
      doing(() -> Files.delete(folder.resolve(file)));
    }
  }

  void rename(String file, String other) {
    Sheet sheet = sheets.get(file);
    if (isThere && sheet != null && !sheets.containsKey(other)) {
      sheets.remove(file);
      sheets.put(other, new Sheet(sheet.paper(), ++revisions, sheet.writtenAt()));
      doing(() -> Files.move(folder.resolve(file), folder.resolve(other)));
    }
  }

  /** Takes the folder away, as a mount that is lost. */
  boolean vanish() {
    if (!isThere) {
      return false;
    }
    isThere = false;
    revisions++;
    doing(() -> Files.move(folder, aside));
    return true;
  }

  /** Makes the folder one that can't be listed. */
  boolean spoil() {
    boolean isSpoiled = vanish();
    if (isSpoiled) {
      doing(() -> Files.writeString(folder, "no folder"));
    }
    return isSpoiled;
  }

  /** Brings the same folder back. */
  void comeBack() {
    if (!isThere) {
      isThere = true;
      revisions++;
      doing(() -> Files.deleteIfExists(folder));
      doing(() -> Files.move(aside, folder));
    }
  }

  /** Puts another folder in its place, with the same files but for one. */
  boolean swap(String without) {
    if (!isThere) {
      return false;
    }
    sheets.remove(without);
    sheets.replaceAll((file, sheet) -> written(file, sheet.paper()));
    folders++;
    revisions++;
    if (isLinked) {
      Path other = files.getPath("/v" + folders);
      Path link = files.getPath("/link" + folders);
      doing(() -> Files.createDirectory(other));
      sheets.forEach((file, sheet) -> put(other, file, sheet.paper().text()));
      doing(() -> Files.createSymbolicLink(link, other));
      doing(() -> Files.move(link, folder, StandardCopyOption.REPLACE_EXISTING));
      return true;
    }
    // A link that is swapped is a way to edit; a folder that is swapped is another folder.
    identity++;
    doing(() -> Files.move(folder, files.getPath("/old" + folders)));
    doing(() -> Files.createDirectory(folder));
    sheets.forEach((file, sheet) -> put(folder, file, sheet.paper().text()));
    return true;
  }

  @Override
  public void close() {
    doing(files::close);
  }
}
