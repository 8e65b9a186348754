package dev.backstop.simulation;

import dev.backstop.policy.Desired;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.Reading;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.Limits;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.registry.PolicySource;
import dev.backstop.testing.Policies;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows the folder so that one cause to hold a deletion, or one scan, is not seen. */
final class WeakSource implements PolicySource {

  private final PolicySource folder;
  private final Omission omission;
  private boolean isNoticed = true;
  private @Nullable FolderScan last;

  /** The policies of each name as each cluster last had them, where dropping one stops it. */
  private final Map<String, Map<String, Policy>> named = new HashMap<>();

  WeakSource(PolicySource folder, Omission omission) {
    this.folder = folder;
    this.omission = omission;
  }

  /** An event of the folder came through. */
  void notice() {
    isNoticed = true;
  }

  @Override
  public FolderScan scan(ClockReading now) {
    FolderScan before = last;
    boolean isAwaited = isNoticed || folder.rescanAt().isPresent();
    if (omission.lacks(Omission.Habit.RESCAN) && !isAwaited && before != null) {
      return UnchangedScan.repeated(before, now);
    }
    isNoticed = false;
    FolderScan shown = weakened(folder.scan(now));
    last = shown;
    return shown;
  }

  private FolderScan weakened(FolderScan scan) {
    if (omission.lacks(Omission.Habit.NARROWING)) {
      return withFiles(scan, scan.files().stream().map(this::stoppingWhatIsDropped).toList());
    }
    HoldReason hold = omission.hold();
    if (hold == null) {
      return scan;
    }
    return switch (hold) {
      case DIRECTORY_MISSING, DIRECTORY_UNREADABLE ->
          scan.directory().access() == Access.READABLE ? scan : withDirectory(scan, "");
      case DIRECTORY_REPLACED ->
          scan.directory().access() == Access.READABLE ? withDirectory(scan, "") : scan;
      case ALL_GONE -> scan.files().isEmpty() ? withFiles(scan, List.of(another())) : scan;
      case UNREADABLE_NEIGHBOUR ->
          withFiles(
              scan,
              scan.files().stream()
                  .filter(file -> file.reading() != Reading.BROKEN || file.name() != null)
                  .toList());
      case ON_DELETE_HOLD ->
          withFiles(scan, scan.files().stream().map(WeakSource::stopping).toList());
      case MOVED_OUT_OF_READING ->
          new FolderScan(
              scan.at(),
              scan.until(),
              scan.directory(),
              scan.files(),
              scan.subfolders(),
              List.of());
      case STALE_START, OTHER_HOST, CLUSTER_NOT_IN_CONF, BUDGET, STORE_UNREADABLE -> scan;
    };
  }

  private static FolderScan withDirectory(FolderScan scan, String identity) {
    return new FolderScan(
        scan.at(),
        scan.until(),
        new Directory(Access.READABLE, identity, false, ""),
        scan.files().stream().map(file -> file.seenAs(null)).toList(),
        scan.subfolders(),
        scan.unread());
  }

  private static FolderScan withFiles(FolderScan scan, List<FoundFile> files) {
    return scan.withFiles(files);
  }

  private static FoundFile another() {
    return FoundFile.good("another.yaml", Policies.policy("another").tenants("9").build());
  }

  private static FoundFile stopping(FoundFile file) {
    return file.policies().stream().noneMatch(one -> one.onDelete() == OnDelete.HOLD)
        ? file
        : FoundFile.good(
            file.file(),
            file.policies().stream().map(WeakSource::stopping).toList(),
            file.faults());
  }

  private static Policy stopping(Policy one) {
    OnDelete onDelete = one.onDelete() == OnDelete.HOLD ? OnDelete.STOP : one.onDelete();
    return changed(one, one.data(), one.log(), onDelete, one.limits());
  }

  /** Takes a cluster that a list lost for one whose backups are switched off. */
  private FoundFile stoppingWhatIsDropped(FoundFile file) {
    if (file.reading() != Reading.GOOD) {
      return file;
    }
    Map<String, Policy> policies =
        named.computeIfAbsent(file.policies().get(0).name(), name -> new TreeMap<>());
    policies.replaceAll((cluster, policy) -> forbidding(policy));
    file.policies().forEach(policy -> policies.put(policy.cluster(), policy));
    return FoundFile.good(file.file(), List.copyOf(policies.values()), file.faults())
        .seenAs(file.seen());
  }

  private static Policy forbidding(Policy one) {
    return changed(one, Desired.OFF, Desired.OFF, one.onDelete(), Limits.NONE);
  }

  private static Policy changed(
      Policy one, Desired data, Desired log, OnDelete onDelete, Limits limits) {
    return new Policy(
        one.name(),
        one.cluster(),
        one.coverage(),
        data,
        log,
        one.mode(),
        one.schedule(),
        onDelete,
        one.verifyWithin(),
        limits);
  }

  @Override
  public void scanTaken() {
    folder.scanTaken();
  }

  @Override
  public void scanEnded(TimelineInstant at) {
    folder.scanEnded(at);
  }

  @Override
  public Optional<TimelineInstant> rescanAt() {
    return folder.rescanAt();
  }
}
