package dev.backstop.policy;

import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable snapshot of what one scan of the policy folder showed.
 *
 * @param at when it began
 * @param until when it ended: what is gone may have gone as late as that
 * @param directory what the folder itself is like
 * @param files every file that counts as a policy file, and every subfolder that can't be read as a
 *     broken one, sorted by path within the folder
 * @param subfolders the identities of the subfolders that were listed to the end, by their paths
 * @param unread what else lies there under a visible name and is not read
 */
public record FolderScan(
    ClockReading at,
    TimelineInstant until,
    Directory directory,
    List<FoundFile> files,
    Map<String, FolderIdentity> subfolders,
    List<UnreadEntry> unread) {

  /** Copies its collections. */
  public FolderScan {
    files = List.copyOf(files);
    subfolders = Map.copyOf(subfolders);
    unread = List.copyOf(unread);
  }

  /** Describes a scan that took no time, of a folder without subfolders. */
  public FolderScan(ClockReading at, Directory directory, List<FoundFile> files) {
    this(at, at.instant(), directory, files, Map.of(), List.of());
  }

  /** Returns this scan as one that ended then. */
  public FolderScan endedAt(TimelineInstant end) {
    return new FolderScan(at, end, directory, files, subfolders, unread);
  }

  /** Returns this scan with other files. */
  public FolderScan withFiles(List<FoundFile> others) {
    return new FolderScan(at, until, directory, others, subfolders, unread);
  }

  /** Says whether the folder could be read. */
  public enum Access {
    READABLE,
    MISSING,
    UNREADABLE
  }

  /**
   * Says what the folder is like.
   *
   * @param access whether it could be read
   * @param identity distinguishes one folder from another that took its place; empty where unknown
   * @param watchEnded whether its watch ended since the last scan, so that it is another one
   * @param words why it could not be read; empty where it could
   */
  public record Directory(Access access, String identity, boolean watchEnded, String words) {}

  /** Says what a file's bytes are worth. */
  public enum Reading {
    /** Two reads agreed and the content is a valid policy. */
    GOOD,
    /** Two reads agreed and the content is not a valid policy, or the file can't be read. */
    BROKEN,
    /** Its bytes have not stayed the same for {@code policies.settle} yet. */
    UNSETTLED
  }

  /**
   * Says what one file holds.
   *
   * @param file its path within the folder, by the bytes of its name
   * @param reading what its bytes are worth
   * @param policies the policy, once for each cluster that it may name; empty unless GOOD
   * @param faults what is wrong with a cluster that a GOOD file names, {@code line:column:
   *     message}, by its name
   * @param name the policy's name as far as it could be read; null where it could not
   * @param clusters the clusters as far as their names could be read; empty where none could
   * @param problem what is wrong, {@code line:column: message}; empty unless BROKEN
   * @param seen by what it would be known under another name; null where it could not be read
   */
  public record FoundFile(
      String file,
      Reading reading,
      List<Policy> policies,
      Map<String, String> faults,
      @Nullable String name,
      List<String> clusters,
      String problem,
      @Nullable FileIdentity seen) {

    /** Checks that exactly the good files carry a policy, and copies the collections. */
    public FoundFile {
      policies = List.copyOf(policies);
      faults = Map.copyOf(faults);
      clusters = List.copyOf(clusters);
      if ((reading == Reading.GOOD) == policies.isEmpty()) {
        throw new IllegalArgumentException(file + ": a good file has a policy, others have none");
      }
    }

    /** Describes a good file that names one cluster. */
    public static FoundFile good(String file, Policy policy) {
      return good(file, List.of(policy), Map.of());
    }

    /** Describes a good file by its policy on each cluster, and the clusters that it can't have. */
    public static FoundFile good(String file, List<Policy> policies, Map<String, String> faults) {
      List<String> clusters = policies.stream().map(Policy::cluster).toList();
      return new FoundFile(
          file, Reading.GOOD, policies, faults, policies.get(0).name(), clusters, "", null);
    }

    /** Describes a broken file by what could be read of it, with one cluster at most. */
    public static FoundFile broken(
        String file, @Nullable String name, @Nullable String cluster, String problem) {
      return brokenOn(file, name, cluster == null ? List.of() : List.of(cluster), problem);
    }

    /** Describes a broken file by what could be read of it. */
    public static FoundFile brokenOn(
        String file, @Nullable String name, List<String> clusters, String problem) {
      return new FoundFile(
          file, Reading.BROKEN, List.of(), Map.of(), name, clusters, problem, null);
    }

    /** Describes a file whose bytes still change. */
    public static FoundFile unsettled(String file) {
      return new FoundFile(file, Reading.UNSETTLED, List.of(), Map.of(), null, List.of(), "", null);
    }

    /** Returns what is wrong with a cluster that a good file names, as that of a broken file. */
    FoundFile fault(String cluster) {
      return broken(file, name, cluster, faults.getOrDefault(cluster, "")).seenAs(seen);
    }

    /** Returns the same file with what it would be known by. */
    public FoundFile seenAs(@Nullable FileIdentity by) {
      return new FoundFile(file, reading, policies, faults, name, clusters, problem, by);
    }
  }

  /**
   * Names what lies in a folder that is read and is not read itself.
   *
   * @param path within the policy folder
   * @param words what it is and what to do; empty for a document, which people need not see
   * @param seen by what it is known
   * @param isNewHere whether this very file was not there under this name at the scan before
   * @param isNewContent whether this content was not there under this name at the scan before
   */
  public record UnreadEntry(
      String path, String words, FileIdentity seen, boolean isNewHere, boolean isNewContent) {

    /**
     * Returns whether a file that is gone, or its folder, has appeared here since the scan before.
     */
    public boolean hasBecome(FileIdentity gone) {
      boolean isIt = seen.isSameInode(gone) || gone.folder().isOrIsInside(seen.inode());
      return (isNewHere && isIt) || (isNewContent && seen.isSameContent(gone));
    }

    /** Returns whether people are shown it. */
    public boolean isShown() {
      return !words.isEmpty();
    }
  }
}
