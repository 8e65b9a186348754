package dev.backstop.folder;

import dev.backstop.config.PolicyReader;
import dev.backstop.config.PolicyReading;
import dev.backstop.folder.FolderListing.Entry;
import dev.backstop.folder.SettledFiles.SettledFile;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.Sha256;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Follows one file through the scans until two reads, far enough apart, agree. */
final class FileStability {

  /** A file whose stamp stays the same is read at least once a minute. */
  private static final Duration SHORTEST_TRUST = Duration.ofSeconds(30);

  private static final int SPREAD_MILLIS = 30_000;

  private final String name;
  private final ByteSource source;
  private final IdentityReader identities;

  private @Nullable Version version;
  private @Nullable SettledFile settled;
  private @Nullable PolicyReader readBy;

  /** Reads files and folders. */
  @FunctionalInterface
  interface ByteSource {
    byte[] read(Path file) throws IOException;

    /** Opens the listing of a folder. */
    // The caller closes what it asked for.
    @SuppressWarnings("StreamResourceLeak")
    default DirectoryStream<Path> list(Path folder) throws IOException {
      return Files.newDirectoryStream(folder);
    }
  }

  /**
   * The content that was read last.
   *
   * @param seen by what the file is known besides its name and folder
   * @param isForeign whether it lies outside of the policy folder
   * @param first when it was first read
   * @param last when it was last read
   */
  private record Version(
      FileStamp stamp,
      ByteBuffer bytes,
      FileIdentity seen,
      boolean isForeign,
      TimelineInstant first,
      ClockReading last,
      boolean isSettled) {

    /** Returns it as read then, with the same result. */
    Version readAt(ClockReading now) {
      return new Version(stamp, bytes, seen, isForeign, first, now, isSettled);
    }
  }

  /** Follows a file by its path within the folder. */
  FileStability(String name, ByteSource source, IdentityReader identities) {
    this.name = name;
    this.source = source;
    this.identities = identities;
  }

  /**
   * Looks at the file.
   *
   * @return what it holds, the same object as long as it holds the same; null while its bytes have
   *     not settled
   * @throws NoSuchFileException where it is gone
   * @throws IOException where it can't be read
   */
  @Nullable SettledFile look(Entry entry, ClockReading now, Duration settle, PolicyReader reader)
      throws IOException {
    Version current = version;
    boolean isTrusted =
        current != null
            && current.isSettled()
            && current.stamp().equals(entry.stamp())
            && entry.stamp().provesContent(current.last().wall())
            && !now.wall().isBefore(current.last().wall());
    if (current == null || !isTrusted) {
      current = read(entry, now, settle);
    } else if (isDoubted(current, now)) {
      boolean isSame = current.bytes().equals(ByteBuffer.wrap(source.read(entry.path())));
      current = isSame ? current.readAt(now) : read(entry, now, settle);
    }
    version = current;
    return current.isSettled() ? content(current, reader, now.wall()) : null;
  }

  /**
   * Returns whether a file is read again though its stamp is the same: times can be set, and some
   * file systems repeat them. By its name, so that not all files are read in one scan.
   */
  private boolean isDoubted(Version known, ClockReading now) {
    Duration trusted = SHORTEST_TRUST.plusMillis(Math.floorMod(name.hashCode(), SPREAD_MILLIS));
    return !now.instant().isBefore(known.last().instant().plus(trusted));
  }

  /** Notes that a file that was read for the first time may have been read as late as then. */
  void scanEnded(TimelineInstant at) {
    Version known = version;
    if (known != null && !known.isSettled() && known.first().equals(known.last().instant())) {
      version =
          new Version(
              known.stamp(),
              known.bytes(),
              known.seen(),
              known.isForeign(),
              at,
              new ClockReading(at, known.last().wall(), known.last().elapsed()),
              false);
    }
  }

  /** Returns when the file should be read again to settle; null where it has. */
  @Nullable TimelineInstant due(Duration settle) {
    return version == null || version.isSettled() ? null : version.first().plus(settle);
  }

  /** Returns by what the file is known besides name and folder; null where it was not read. */
  @Nullable FileIdentity seen() {
    return version == null ? null : version.seen();
  }

  /**
   * Describes the file by why it can't be read. Its name is still known where nothing but the
   * permission to read has changed since.
   */
  FoundFile unreadable(Entry entry, String words) {
    SettledFile last = isUnchanged(entry.path()) ? settled : null;
    return last == null
        ? FoundFile.broken(name, null, null, words)
        : FoundFile.brokenOn(name, last.reading().name(), last.reading().clusters(), words);
  }

  private boolean isUnchanged(Path path) {
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

  private Version read(Entry entry, ClockReading now, Duration settle) throws IOException {
    boolean isForeign = identities.leadsOut(entry.path());
    ByteBuffer bytes = ByteBuffer.wrap(source.read(entry.path()));
    FileStamp after = FileStamp.of(entry.path());
    isForeign |= identities.leadsOut(entry.path());
    FileIdentity seen =
        new FileIdentity(
            identities.key(entry.path(), after), digest(bytes.array()), FolderIdentity.UNKNOWN);
    Version known = version;
    boolean isStill =
        known != null
            && entry.stamp().equals(after)
            && known.stamp().agrees(after)
            && known.isForeign() == isForeign
            && known.bytes().equals(bytes);
    if (known == null || !isStill) {
      settled = null;
      return new Version(after, bytes, seen, isForeign, now.instant(), now, false);
    }
    boolean isSettled = known.isSettled() || !now.instant().isBefore(known.first().plus(settle));
    return new Version(after, bytes, seen, isForeign, known.first(), now, isSettled);
  }

  private SettledFile content(Version current, PolicyReader reader, Instant now) {
    SettledFile known = settled;
    if (known == null || readBy != reader || !known.seen().equals(current.seen())) {
      PolicyReading whole = reader.read(name, current.bytes().array(), now);
      known = new SettledFile(current.isForeign() ? whole.withoutWords() : whole, current.seen());
      settled = known;
      readBy = reader;
    }
    return known;
  }

  /** Returns a digest of bytes. */
  static String digest(byte[] bytes) {
    return Sha256.hexOf(bytes).substring(0, 24);
  }
}
