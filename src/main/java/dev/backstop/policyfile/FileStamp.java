package dev.backstop.policyfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the file system says of a file's content without reading it.
 *
 * @param isFolder whether it is no file at all
 * @param size in bytes
 * @param modified when the content last changed
 * @param key the file's identity; null where the file system has none
 * @param changed when anything of it last changed; null where the file system does not say
 */
record FileStamp(
    boolean isFolder,
    long size,
    FileTime modified,
    @Nullable Object key,
    @Nullable FileTime changed) {

  /** File times are this coarse at worst; within it two writes may bear the same time. */
  private static final Duration COARSEST = Duration.ofSeconds(5);

  /** Reads the stamp of a file, through links. */
  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    FileTime changed = unix ? (FileTime) Files.getAttribute(file, "unix:ctime") : null;
    return new FileStamp(
        attributes.isDirectory(),
        attributes.size(),
        attributes.lastModifiedTime(),
        attributes.fileKey(),
        changed);
  }

  /** Tells whether size and time agree, which a version needs besides its bytes. */
  boolean agrees(FileStamp other) {
    return size == other.size && modified.equals(other.modified);
  }

  /** Tells whether an equal stamp later proves equal bytes: a write since would show. */
  boolean isTelling(Instant readAt) {
    return key != null && modified.toInstant().plus(COARSEST).isBefore(readAt);
  }
}
