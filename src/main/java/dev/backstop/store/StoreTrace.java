package dev.backstop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a glance at the folder shows of a store on SQLite, without opening it.
 *
 * @param identity device and inode; null where no file has the name
 * @param version size and time of the last change; empty where there is no file
 * @param isReadable whether this process may read it
 * @param setAside names of the files that were set aside so far
 */
public record StoreTrace(
    @Nullable Object identity, String version, boolean isReadable, Set<String> setAside) {

  /** Looks at a store's file and folder; what can't be told counts as not there. */
  public static StoreTrace of(Path file) {
    Set<String> aside =
        StoreFiles.traces(file).names().stream()
            .filter(name -> name.endsWith(StoreFiles.UNREADABLE))
            .collect(Collectors.toSet());
    try {
      BasicFileAttributes shown = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = shown.fileKey();
      String version = shown.size() + " " + shown.lastModifiedTime();
      return new StoreTrace(key == null ? file : key, version, Files.isReadable(file), aside);
    } catch (IOException e) {
      return new StoreTrace(null, "", false, aside);
    }
  }

  /** Returns whether a file has the name. */
  public boolean isThere() {
    return identity != null;
  }

  /** Returns whether it is the same file as before and as readable, or gone. */
  public boolean isSameFile(@Nullable StoreTrace before) {
    return identity == null
        || before == null
        || (identity.equals(before.identity) && isReadable == before.isReadable);
  }

  /** Returns whether a person has set the file aside meanwhile. */
  public boolean isSetAsideSince(StoreTrace before) {
    return identity == null && !before.setAside.containsAll(setAside);
  }
}
