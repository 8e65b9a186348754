package dev.backstop.simulation;

import dev.backstop.policy.FolderScan;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats what a scan showed for as long as nobody has touched the folder since. A story spends
 * most of its scans on a folder that rests, and each of them reads every file.
 */
final class UnchangedScan {

  private final FakeFolder folder;
  private final Supplier<Optional<TimelineInstant>> rescanAt;
  private @Nullable FolderScan last;
  private long scannedAt = -1;
  private boolean isRepeated;

  UnchangedScan(FakeFolder folder, Supplier<Optional<TimelineInstant>> rescanAt) {
    this.folder = folder;
    this.rescanAt = rescanAt;
  }

  /** Scans, or repeats the scan before where it was of the same folder and is whole. */
  FolderScan through(Function<ClockReading, FolderScan> scan, ClockReading now) {
    FolderScan before = last;
    isRepeated = before != null && scannedAt == folder.changes();
    if (isRepeated && before != null) {
      return repeated(before, now);
    }
    long changes = folder.changes();
    FolderScan shown = scan.apply(now);
    last = isAtRest(shown) ? shown : null;
    scannedAt = changes;
    return shown;
  }

  /** Returns a scan as one of the same folder would show it now. */
  static FolderScan repeated(FolderScan before, ClockReading now) {
    return new FolderScan(
        now,
        now.instant(),
        before.directory(),
        before.files(),
        before.subfolders(),
        before.unread());
  }

  /** Returns whether the next scan of the same folder would show just the same. */
  private boolean isAtRest(FolderScan shown) {
    return rescanAt.get().isEmpty()
        && !shown.directory().watchEnded()
        && shown.unread().stream().noneMatch(entry -> entry.isNewHere() || entry.isNewContent());
  }

  boolean isRepeated() {
    return isRepeated;
  }
}
