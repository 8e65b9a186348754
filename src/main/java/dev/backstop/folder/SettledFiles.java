package dev.backstop.folder;

import dev.backstop.config.PolicyReading;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows settled files as the core takes them. As long as all of them are the same as at the last
 * scan, the result is that of the last scan: thousands of files at rest cost no more than a look at
 * each.
 */
final class SettledFiles {

  private List<SettledFile> shown = List.of();
  private Map<String, FolderIdentity> shownIn = Map.of();
  private List<FoundFile> found = List.of();
  private final NameClaims claims = new NameClaims();

  /** A file whose bytes have settled. Another object tells that it may have changed. */
  static final class SettledFile {

    private final PolicyReading reading;
    private final FileIdentity seen;
    private @Nullable FoundFile described;

    /** Describes one by what it holds, and by what it is known besides its name and folder. */
    SettledFile(PolicyReading reading, FileIdentity seen) {
      this.reading = reading;
      this.seen = seen;
    }

    PolicyReading reading() {
      return reading;
    }

    FileIdentity seen() {
      return seen;
    }

    /** Describes it by itself; the same object as before while its folder is the same. */
    private FoundFile in(Map<String, FolderIdentity> folders) {
      FileIdentity now = SettledFiles.in(folders, reading.file(), seen);
      FoundFile last = described;
      if (last == null || !now.equals(last.seen())) {
        last = reading.found().seenAs(now);
        described = last;
      }
      return last;
    }
  }

  /** Describes files of folders with these identities, sorted by path. */
  List<FoundFile> found(
      List<SettledFile> files,
      Map<String, FolderIdentity> folders,
      TimelineInstant now,
      Duration settle) {
    if (claims.isAnyWaiting() || !areShown(files) || !folders.equals(shownIn)) {
      found = describe(files, folders, now, settle);
      shown = List.copyOf(files);
      shownIn = Map.copyOf(folders);
    }
    return found;
  }

  /** Returns when the only file of a name that several claimed counts; null where none waits. */
  @Nullable TimelineInstant due(Duration settle) {
    return claims.due(settle);
  }

  /** Compares objects, not what they hold: that would take as long as to describe them anew. */
  @SuppressWarnings("ReferenceEquality")
  private boolean areShown(List<SettledFile> files) {
    if (files.size() != shown.size()) {
      return false;
    }
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i) != shown.get(i)) {
        return false;
      }
    }
    return true;
  }

  private List<FoundFile> describe(
      List<SettledFile> files,
      Map<String, FolderIdentity> folders,
      TimelineInstant now,
      Duration settle) {
    DuplicateNames duplicates =
        DuplicateNames.among(files.stream().map(SettledFile::reading).toList());
    claims.look(duplicates.names(), now, settle);
    return files.stream()
        .map(file -> describe(file, folders, duplicates))
        .sorted(Comparator.comparing(FoundFile::file))
        .collect(Collectors.toUnmodifiableList());
  }

  private FoundFile describe(
      SettledFile file, Map<String, FolderIdentity> folders, DuplicateNames duplicates) {
    FoundFile alone = file.in(folders);
    if (claims.isWaiting(alone.name())) {
      return FoundFile.unsettled(alone.file()).seenAs(alone.seen());
    }
    return duplicates.isShared(alone.name())
        ? duplicates.refuse(file.reading()).found().seenAs(alone.seen())
        : alone;
  }

  /** Returns a file's identity in the folder that it lies in. */
  static FileIdentity in(Map<String, FolderIdentity> folders, String file, FileIdentity seen) {
    int end = Math.max(file.lastIndexOf('/'), 0);
    FolderIdentity folder = folders.getOrDefault(file.substring(0, end), FolderIdentity.UNKNOWN);
    return new FileIdentity(seen.inode(), seen.content(), folder);
  }
}
