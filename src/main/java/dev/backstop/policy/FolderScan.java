package dev.backstop.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one scan of the policy folder showed.
 *
 * @param at when it began
 * @param until when it ended: what is gone may have gone as late as that
 * @param directory what the folder itself is like
 * @param files every file that counts as a policy file, sorted by name
 */
public record FolderScan(Instant at, Instant until, Directory directory, List<FoundFile> files) {

  /** Copies the files. */
  public FolderScan {
    files = List.copyOf(files);
  }

  /** Describes a scan that took no time. */
  public FolderScan(Instant at, Directory directory, List<FoundFile> files) {
    this(at, at, directory, files);
  }

  /** Returns this scan as one that ended then. */
  public FolderScan endedAt(Instant end) {
    return new FolderScan(at, end, directory, files);
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
   * @param identity tells one folder from another that took its place; empty where unknown
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
   * @param file its name within the folder
   * @param reading what its bytes are worth
   * @param policy the policy; null unless GOOD
   * @param name the policy's name as far as it could be read; null where it could not
   * @param cluster the cluster's name as far as it could be read; null where it could not
   * @param problem what is wrong, {@code line:column: message}; empty unless BROKEN
   */
  public record FoundFile(
      String file,
      Reading reading,
      @Nullable Policy policy,
      @Nullable String name,
      @Nullable String cluster,
      String problem) {

    /** Checks that exactly the good files carry a policy. */
    public FoundFile {
      if ((reading == Reading.GOOD) != (policy != null)) {
        throw new IllegalArgumentException(file + ": a good file has a policy, others have none");
      }
    }

    /** Describes a good file. */
    public static FoundFile good(String file, Policy policy) {
      return new FoundFile(file, Reading.GOOD, policy, policy.name(), policy.cluster(), "");
    }

    /** Describes a broken file by what could be read of it. */
    public static FoundFile broken(
        String file, @Nullable String name, @Nullable String cluster, String problem) {
      return new FoundFile(file, Reading.BROKEN, null, name, cluster, problem);
    }

    /** Describes a file whose bytes still change. */
    public static FoundFile unsettled(String file) {
      return new FoundFile(file, Reading.UNSETTLED, null, null, null, "");
    }
  }
}
