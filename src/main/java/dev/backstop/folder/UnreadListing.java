package dev.backstop.folder;

import dev.backstop.policy.FolderScan.UnreadEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;

/** Lists what lies in a policy folder and is not read, while its caller does something else. */
public final class UnreadListing {

  private final Future<List<UnreadEntry>> listing;

  private UnreadListing(Future<List<UnreadEntry>> listing) {
    this.listing = listing;
  }

  /** Begins to list a folder. */
  public static UnreadListing of(Path folder) {
    return new UnreadListing(BoundedCalls.begin(() -> PolicyCheck.unread(folder)));
  }

  /**
   * Waits for its end and returns what is not read.
   *
   * @throws IOException where the folder itself can't be listed to the end
   */
  public List<UnreadEntry> await() throws IOException {
    return BoundedCalls.awaitEnd(listing, BoundedCalls.LONGEST);
  }
}
