package dev.backstop.policyfile;

import dev.backstop.policy.FolderScan.FoundFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Follows one file through the scans until two reads, far enough apart, agree. */
final class FileTrack {

  private final Path path;
  private final String name;
  private final ByteSource source;

  private @Nullable Version version;
  private @Nullable PolicyReading reading;
  private @Nullable PolicyReader readBy;
  private boolean settled;

  /** Reads a file's bytes. */
  @FunctionalInterface
  interface ByteSource {
    byte[] read(Path file) throws IOException;
  }

  private record Version(FileStamp stamp, ByteBuffer bytes, Instant first, Instant last) {
    Version seenAgain(FileStamp newStamp, Instant now) {
      return new Version(newStamp, bytes, first, now);
    }
  }

  FileTrack(Path path, ByteSource source) {
    this.path = path;
    this.name = path.getFileName().toString();
    this.source = source;
  }

  /**
   * Looks at the file.
   *
   * @param before its stamp as it is now
   * @return what it holds; null while its bytes have not settled
   * @throws NoSuchFileException where it is gone
   * @throws IOException where it can't be read
   */
  @Nullable PolicyReading look(FileStamp before, Instant now, Duration settle, PolicyReader reader)
      throws IOException {
    Version known = version;
    boolean trusted =
        known != null && settled && known.stamp().equals(before) && before.isTelling(known.last());
    if (!trusted) {
      readAgain(before, now, settle);
    }
    return settled ? content(reader, now) : null;
  }

  /** Takes note that a file that was read for the first time may have been read as late as then. */
  void readBy(Instant at) {
    Version known = version;
    if (known != null && !settled && known.first().equals(known.last())) {
      version = new Version(known.stamp(), known.bytes(), at, known.last());
    }
  }

  /** Returns when the file should be read again to settle; null where it has. */
  @Nullable Instant due(Duration settle) {
    return settled || version == null ? null : version.first().plus(settle);
  }

  /**
   * Describes the file by what an attempt to read it failed with. Its name is still known where
   * nothing but the permission to read has changed since.
   */
  FoundFile unreadable(IOException failed) {
    PolicyReading last = isUnchanged() ? reading : null;
    return FoundFile.broken(
        name,
        last == null ? null : last.name(),
        last == null ? null : last.cluster(),
        "1:1: " + BoundedFile.words(failed));
  }

  private boolean isUnchanged() {
    Version known = version;
    if (known == null || known.stamp().key() == null) {
      return false;
    }
    try {
      FileStamp stamp = FileStamp.of(path);
      return stamp.agrees(known.stamp()) && known.stamp().key().equals(stamp.key());
    } catch (IOException gone) {
      return false;
    }
  }

  private void readAgain(FileStamp before, Instant now, Duration settle) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(source.read(path));
    FileStamp after = FileStamp.of(path);
    Version known = version;
    // A version first seen by a clock that went back since would not settle until it is reached.
    boolean still =
        before.equals(after)
            && known != null
            && known.stamp().agrees(after)
            && !known.first().isAfter(now);
    if (known == null || !still || !known.bytes().equals(bytes)) {
      version = new Version(after, bytes, now, now);
      settled = false;
      reading = null;
      return;
    }
    version = known.seenAgain(after, now);
    settled = settled || !now.isBefore(known.first().plus(settle));
  }

  private @Nullable PolicyReading content(PolicyReader reader, Instant now) {
    Version known = version;
    if (known != null && (reading == null || readBy != reader)) {
      reading = reader.read(name, known.bytes().array(), now);
      readBy = reader;
    }
    return reading;
  }
}
