package dev.backstop.folder;

import dev.backstop.config.BoundedFile;
import dev.backstop.config.PolicyReader;
import dev.backstop.folder.SettledFiles.SettledFile;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.registry.PolicySource;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scans the policy folder; a file's version counts when two reads, far enough apart, agree.
 *
 * <p>What it keeps between scans only serves to know settled bytes from changing ones, and what has
 * appeared; losing it costs one more read. Safe for use by several threads.
 */
public final class PolicyFolder implements PolicySource {

  /** Within one of so many listings in a row a folder should hold still. */
  private static final int TRIES = 3;

  private final Path folder;
  private final FileStability.ByteSource source;
  private final IdentityReader identities;
  private final UnreadFiles unread;
  private final Map<String, FileStability> files = new HashMap<>();
  private List<FileStability> unsettled = List.of();
  private final SettledFiles settled = new SettledFiles();

  private Duration settle;
  private PolicyReader reader;
  private int watchesEnded;
  private int endsShown;
  private int endsTaken;
  private @Nullable TimelineInstant vanishedDue;

  /** Scans a folder, which need not be there yet. */
  public PolicyFolder(Path folder, Duration settle, PolicyReader reader) {
    this(folder, settle, reader, BoundedFile::read);
  }

  PolicyFolder(Path folder, Duration settle, PolicyReader reader, FileStability.ByteSource source) {
    this.folder = folder;
    this.settle = settle;
    this.reader = reader;
    this.source = source;
    this.identities = new IdentityReader(folder);
    this.unread = new UnreadFiles(identities);
  }

  /** Takes over a reloaded configuration: every file is judged anew at the next scan. */
  public synchronized void reloaded(Duration newSettle, PolicyReader newReader) {
    settle = newSettle;
    reader = newReader;
  }

  /**
   * Notes that the folder's watch ended, as it may be another folder. Scans say so until one of
   * them is taken.
   */
  public synchronized void watchEnded() {
    watchesEnded++;
  }

  @Override
  public synchronized FolderScan scan(ClockReading now) {
    endsShown = watchesEnded;
    boolean ended = endsShown != endsTaken;
    try {
      for (int i = 1; ; i++) {
        FolderListing listing = FolderListing.of(folder, identities, source);
        List<FoundFile> found = read(listing, now);
        boolean isStill = listing.isStill();
        if (isStill || i == TRIES) {
          // A folder swapped in mid-scan must not lend its files to the one before.
          return scan(listing, now, ended || !isStill, found);
        }
      }
    } catch (NoSuchFileException missing) {
      return without(now, Access.MISSING, ended, "there is no folder " + FileNames.ofPath(folder));
    } catch (Throwable failed) {
      String words = FileNames.ofPath(folder) + ": " + BoundedFile.words(failed);
      return without(now, Access.UNREADABLE, ended, words);
    }
  }

  @Override
  public synchronized void scanEnded(TimelineInstant at) {
    unsettled.forEach(file -> file.scanEnded(at));
  }

  @Override
  public synchronized void scanTaken() {
    endsTaken = endsShown;
    unread.taken();
  }

  @Override
  public synchronized Optional<TimelineInstant> rescanAt() {
    TimelineInstant first = earlier(vanishedDue, settled.due(settle));
    for (FileStability file : unsettled) {
      first = earlier(first, file.due(settle));
    }
    return Optional.ofNullable(first);
  }

  private static @Nullable TimelineInstant earlier(
      @Nullable TimelineInstant one, @Nullable TimelineInstant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  private FolderScan without(ClockReading now, Access access, boolean ended, String words) {
    files.clear();
    unsettled = List.of();
    vanishedDue = null;
    return new FolderScan(now, new Directory(access, "", ended, words), List.of());
  }

  private FolderScan scan(
      FolderListing listing, ClockReading now, boolean isReplaced, List<FoundFile> found) {
    Map<String, FolderIdentity> subfolders = new TreeMap<>(listing.folders());
    FolderIdentity root = subfolders.remove("");
    String identity = root == null ? "" : root.text();
    Directory directory = new Directory(Access.READABLE, identity, isReplaced, "");
    return new FolderScan(
        now, now.instant(), directory, found, subfolders, unread.look(listing.unread()));
  }

  private List<FoundFile> read(FolderListing listing, ClockReading now) {
    List<FoundFile> doubtful = new ArrayList<>();
    List<SettledFile> readings = new ArrayList<>();
    vanishedDue = listing.vanished().isEmpty() ? null : now.instant().plus(settle);
    listing.vanished().forEach(file -> doubtful.add(FoundFile.unsettled(file)));
    listing
        .mistakes()
        .forEach(
            (file, words) -> doubtful.add(FoundFile.broken(file, null, null, "1:1: " + words)));
    listing.files().forEach((name, entry) -> read(name, entry, now, doubtful, readings));
    if (files.size() > listing.files().size()) {
      files.keySet().retainAll(listing.files().keySet());
    }
    unsettled = files.values().stream().filter(file -> file.due(settle) != null).toList();
    List<FoundFile> found = settled.found(readings, listing.folders(), now.instant(), settle);
    if (doubtful.isEmpty()) {
      return found;
    }
    return Stream.concat(
            doubtful.stream().map(file -> seen(file, listing.folders())), found.stream())
        .sorted(Comparator.comparing(FoundFile::file))
        .toList();
  }

  private void read(
      String name,
      FolderListing.Entry entry,
      ClockReading now,
      List<FoundFile> doubtful,
      List<SettledFile> readings) {
    FileStability file =
        files.computeIfAbsent(name, added -> new FileStability(added, source, identities));
    try {
      SettledFile read = file.look(entry, now, settle, reader);
      if (read == null) {
        doubtful.add(FoundFile.unsettled(name));
      } else {
        readings.add(read);
      }
    } catch (NoSuchFileException gone) {
      files.put(name, new FileStability(name, source, identities));
      doubtful.add(FoundFile.unsettled(name));
      vanishedDue = now.instant().plus(settle);
    } catch (Throwable failed) {
      doubtful.add(file.unreadable(entry, "1:1: " + BoundedFile.words(failed)));
    }
  }

  private FoundFile seen(FoundFile file, Map<String, FolderIdentity> folders) {
    FileStability stability = files.get(file.file());
    FileIdentity known = stability == null ? null : stability.seen();
    return known == null ? file : file.seenAs(SettledFiles.in(folders, file.file(), known));
  }
}
