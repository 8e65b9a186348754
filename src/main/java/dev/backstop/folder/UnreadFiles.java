package dev.backstop.folder;

import dev.backstop.config.BoundedFile;
import dev.backstop.folder.FolderListing.Unread;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.FolderScan.UnreadEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of the files that are not read have appeared since the last scan that was taken, so
 * that a policy file that was moved there can be found again. Before the first one all count as
 * new.
 */
final class UnreadFiles {

  private final IdentityReader identities;
  private Map<String, Known> shown = Map.of();
  private Map<String, Known> taken = Map.of();

  private record Known(@Nullable FileStamp stamp, FileIdentity seen) {}

  UnreadFiles(IdentityReader identities) {
    this.identities = identities;
  }

  /** Describes what a scan found; only what has another stamp than before is read. */
  List<UnreadEntry> look(Map<String, Unread> found) {
    Map<String, Known> now = new TreeMap<>();
    List<UnreadEntry> entries = new ArrayList<>();
    found.forEach(
        (path, entry) -> {
          Known before = shown.get(path);
          Known known =
              before != null && entry.stamp() != null && entry.stamp().equals(before.stamp())
                  ? before
                  : new Known(entry.stamp(), seen(entry));
          now.put(path, known);
          Known then = taken.get(path);
          FileIdentity last = then == null ? FileIdentity.UNKNOWN : then.seen();
          entries.add(
              new UnreadEntry(
                  path,
                  entry.words(),
                  known.seen(),
                  !known.seen().inode().equals(last.inode()),
                  !known.seen().content().equals(last.content())));
        });
    shown = now;
    return entries;
  }

  /** Notes that what was shown last is judged. */
  void taken() {
    taken = shown;
  }

  private FileIdentity seen(Unread entry) {
    FileStamp stamp = entry.stamp();
    if (stamp == null || stamp.type() == FileStamp.Type.OTHER) {
      return FileIdentity.UNKNOWN;
    }
    try {
      return new FileIdentity(
          identities.key(entry.path(), stamp),
          content(entry.path(), stamp),
          FolderIdentity.UNKNOWN);
    } catch (IOException gone) {
      return FileIdentity.UNKNOWN;
    }
  }

  private static String content(Path path, FileStamp stamp) {
    if (stamp.type() == FileStamp.Type.FOLDER || stamp.size() > BoundedFile.MOST_BYTES) {
      return "";
    }
    try {
      return FileStability.digest(BoundedFile.read(path));
    } catch (IOException unreadable) {
      return "";
    }
  }
}
