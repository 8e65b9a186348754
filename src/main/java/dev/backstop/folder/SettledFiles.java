package dev.backstop.folder;

import dev.backstop.config.PolicyReading;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.FolderScan.FoundFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shows settled files as the core takes them. As long as all of them are the same as at the last
 * scan, the result is that of the last scan: thousands of files at rest cost no more than a look at
 * each.
 */
final class SettledFiles {

  private List<SettledFile> shown = List.of();
  private Map<String, FolderIdentity> shownIn = Map.of();
  private List<FoundFile> found = List.of();

  /**
   * A file whose bytes have settled. Another object tells that it may have changed.
   *
   * @param reading what it holds
   * @param seen by what it is known besides its name and folder
   */
  record SettledFile(PolicyReading reading, FileIdentity seen) {}

  /** Describes files of folders with these identities, in their order. */
  List<FoundFile> found(List<SettledFile> files, Map<String, FolderIdentity> folders) {
    if (!areShown(files) || !folders.equals(shownIn)) {
      found = describe(files, folders);
      shown = List.copyOf(files);
      shownIn = Map.copyOf(folders);
    }
    return found;
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

  private static List<FoundFile> describe(
      List<SettledFile> files, Map<String, FolderIdentity> folders) {
    List<PolicyReading> readings =
        DuplicateNames.refuse(files.stream().map(SettledFile::reading).toList());
    List<FoundFile> described = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      FoundFile one = readings.get(i).found();
      described.add(one.seenAs(in(folders, one.file(), files.get(i).seen())));
    }
    return List.copyOf(described);
  }

  /** Returns a file's identity in the folder that it lies in. */
  static FileIdentity in(Map<String, FolderIdentity> folders, String file, FileIdentity seen) {
    int end = Math.max(file.lastIndexOf('/'), 0);
    FolderIdentity folder = folders.getOrDefault(file.substring(0, end), FolderIdentity.UNKNOWN);
    return new FileIdentity(seen.inode(), seen.content(), folder);
  }
}
