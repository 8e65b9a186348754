package dev.backstop.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says of an entry without reading it, through links.
 *
 * @param type what it is
 * @param size in bytes
 * @param modified when the content last changed
 * @param key the file's identity; null where the file system has none
 * @param created when it was made; some file systems repeat the time of the last change instead
 * @param changed when anything of it last changed; null where the file system does not say
 * @param device where it lies; null where the file system does not say
 */
record FileStamp(
    Type type,
    long size,
    FileTime modified,
    @Nullable Object key,
    FileTime created,
    @Nullable FileTime changed,
    @Nullable Object device) {

  /** File times are this coarse at worst; within it two writes may bear the same time. */
  private static final Duration COARSEST = Duration.ofSeconds(5);

  private static final String UNIX_ATTRIBUTES =
      "unix:isDirectory,isRegularFile,size,lastModifiedTime,creationTime,fileKey,ctime,dev";

  /** Says what an entry is. */
  enum Type {
    FILE,
    FOLDER,
    /** A device, a pipe or a socket. */
    OTHER
  }

  /** Reads the stamp of an entry, through links. */
  static FileStamp of(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? of(Files.readAttributes(file, UNIX_ATTRIBUTES))
        : of(Files.readAttributes(file, BasicFileAttributes.class));
  }

  private static FileStamp of(Map<String, Object> unix) {
    return new FileStamp(
        type((Boolean) required(unix, "isDirectory"), (Boolean) required(unix, "isRegularFile")),
        (Long) required(unix, "size"),
        (FileTime) required(unix, "lastModifiedTime"),
        unix.get("fileKey"),
        (FileTime) required(unix, "creationTime"),
        (FileTime) unix.get("ctime"),
        unix.get("dev"));
  }

  /** Returns an attribute that the view "unix" always has. */
  private static Object required(Map<String, Object> unix, String name) {
    return Objects.requireNonNull(unix.get(name), name);
  }

  private static FileStamp of(BasicFileAttributes basic) {
    return new FileStamp(
        type(basic.isDirectory(), basic.isRegularFile()),
        basic.size(),
        basic.lastModifiedTime(),
        basic.fileKey(),
        basic.creationTime(),
        null,
        null);
  }

  private static Type type(boolean isFolder, boolean isFile) {
    return isFolder ? Type.FOLDER : isFile ? Type.FILE : Type.OTHER;
  }

  /**
   * Compares by hand, as every file is at every scan: a record's own comparison takes several times
   * as long where only the first compiler works.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof FileStamp stamp
            && type == stamp.type
            && agrees(stamp)
            && Objects.equals(key, stamp.key)
            && created.equals(stamp.created)
            && Objects.equals(changed, stamp.changed)
            && Objects.equals(device, stamp.device));
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, size, modified, key, created, changed, device);
  }

  /** Returns whether size and time agree, which a version needs besides its bytes. */
  boolean agrees(FileStamp other) {
    return size == other.size && modified.equals(other.modified);
  }

  /** Returns whether an equal stamp later proves equal bytes, as a write since then would show. */
  boolean provesContent(Instant readAt) {
    // Not the other way round: a file's time may be the last one that there is.
    return key != null && modified.toInstant().isBefore(readAt.minus(COARSEST));
  }
}
