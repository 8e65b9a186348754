package dev.backstop.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/** Is the policy folder in memory, and knows what was written into it. */
final class Cabinet implements AutoCloseable {

  private final FileSystem files;
  private final VirtualTime time;
  private final Path folder;
  private final Path aside;
  private final Map<String, Sheet> sheets = new TreeMap<>();
  private boolean isThere = true;
  private int folders;
  private long revisions;

  /**
   * Is one file as it was last written.
   *
   * @param revision another number for every write
   */
  record Sheet(Paper paper, long revision) {}

  Cabinet(VirtualTime time) {
    this.time = time;
    Configuration unix =
        Configuration.unix().toBuilder()
            .setAttributeViews("unix")
            .setSupportedFeatures(Feature.LINKS, Feature.SYMBOLIC_LINKS)
            .build();
    files = Jimfs.newFileSystem(unix);
    folder = files.getPath("/policies");
    aside = files.getPath("/aside");
    doing(() -> Files.createDirectory(folder));
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
    return folders;
  }

  void write(String file, Paper paper) {
    if (isThere) {
      sheets.put(file, new Sheet(paper, ++revisions));
      put(file, paper.text());
    }
  }

  private void put(String file, String text) {
    Path path = folder.resolve(file);
    doing(
        () -> {
          Files.writeString(path, text);
          Files.setLastModifiedTime(path, FileTime.from(time.now()));
        });
  }

  void delete(String file) {
    if (isThere && sheets.remove(file) != null) {
      doing(() -> Files.delete(folder.resolve(file)));
    }
  }

  void rename(String file, String other) {
    Sheet sheet = sheets.get(file);
    if (isThere && sheet != null && !sheets.containsKey(other)) {
      sheets.remove(file);
      sheets.put(other, new Sheet(sheet.paper(), ++revisions));
      doing(() -> Files.move(folder.resolve(file), folder.resolve(other)));
    }
  }

  /** Takes the folder away, as a mount that is lost. */
  void vanish() {
    if (isThere) {
      isThere = false;
      doing(() -> Files.move(folder, aside));
    }
  }

  /** Brings the same folder back. */
  void comeBack() {
    if (!isThere) {
      isThere = true;
      doing(() -> Files.move(aside, folder));
    }
  }

  /** Puts another folder in its place, with the same files but for one. */
  void swap(String without) {
    if (!isThere) {
      return;
    }
    Path old = files.getPath("/old" + folders++);
    doing(() -> Files.move(folder, old));
    doing(() -> Files.createDirectory(folder));
    sheets.remove(without);
    sheets.replaceAll((file, sheet) -> new Sheet(sheet.paper(), ++revisions));
    sheets.forEach((file, sheet) -> put(file, sheet.paper().text()));
  }

  @Override
  public void close() {
    doing(files::close);
  }
}
