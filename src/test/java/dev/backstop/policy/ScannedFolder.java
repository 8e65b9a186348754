package dev.backstop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderDecision.FolderChange;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.testing.MovedClock;
import dev.backstop.testing.Policies;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A policy folder in memory that is scanned by hand. */
final class ScannedFolder {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(30);

  final MovedClock clock = new MovedClock(START);
  final Map<String, FoundFile> files = new TreeMap<>();
  final Map<String, FolderIdentity> subfolders = new TreeMap<>();
  final Map<String, UnreadEntry> unread = new TreeMap<>();
  Access access = Access.READABLE;
  String identity = "d1";
  boolean watchEnded;
  @Nullable HoldReason startHold;
  Duration grace = GRACE;
  Set<String> clusters = Set.of("c1", "c2", "c3");
  Set<String> observed = Set.of();
  Map<String, TimelineInstant> changing = Map.of();
  PolicyRegistry registry = PolicyRegistry.EMPTY;
  List<FolderChange> changes = List.of();

  /**
   * Whether the last scan needed no decision; every story here shows that it would change nothing.
   */
  boolean isRepeated;

  private Optional<SteadyScan> steady = Optional.empty();

  /** Returns a folder with these files, scanned once. */
  static ScannedFolder folder(Policies... policies) {
    ScannedFolder folder = new ScannedFolder();
    for (Policies one : policies) {
      folder.write(one.build().name() + ".yaml", one);
    }
    folder.scan();
    return folder;
  }

  ScannedFolder write(String file, Policies builder) {
    files.put(file, FoundFile.good(file, builder.build()));
    return seen(file, "inode of " + file, "content of " + file);
  }

  /** Writes a file that names several clusters. */
  ScannedFolder writeOn(String file, Policies builder, String... names) {
    return writeOn(file, builder, Map.of(), names);
  }

  /** Writes a file that names several clusters, some of which it can't have. */
  ScannedFolder writeOn(
      String file, Policies builder, Map<String, String> faults, String... names) {
    List<Policy> policies = List.of(names).stream().map(builder.build()::on).toList();
    files.put(file, FoundFile.good(file, policies, faults));
    return seen(file, "inode of " + file, "content of " + file);
  }

  ScannedFolder seen(String file, String inode, String content) {
    FoundFile found = Objects.requireNonNull(files.get(file));
    int end = Math.max(file.lastIndexOf('/'), 0);
    FolderIdentity in =
        end == 0
            ? FolderIdentity.UNKNOWN
            : Objects.requireNonNull(subfolders.get(file.substring(0, end)));
    files.put(file, found.seenAs(new FileIdentity(inode, content, in)));
    return this;
  }

  ScannedFolder subfolder(String path, String key) {
    FolderIdentity root = FolderIdentity.configured("/policies").folder("1");
    subfolders.put(path, root.inside(path).folder(key));
    files.replaceAll(
        (file, found) ->
            file.startsWith(path + "/")
                ? found.seenAs(new FileIdentity("", "", root.inside(path).folder(key)))
                : found);
    return this;
  }

  ScannedFolder unread(String path, String words) {
    unread.put(path, new UnreadEntry(path, words, FileIdentity.UNKNOWN, true, true));
    return this;
  }

  ScannedFolder appeared(String path, String inode, String content) {
    FileIdentity seen = new FileIdentity(inode, content, FolderIdentity.UNKNOWN);
    unread.put(path, new UnreadEntry(path, "not read", seen, true, true));
    return this;
  }

  ScannedFolder delete(String file) {
    files.remove(file);
    return this;
  }

  ScannedFolder deleteForGood(String file) {
    delete(file).scan();
    return pass(grace).scan();
  }

  ScannedFolder unsettle(String file) {
    files.put(file, FoundFile.unsettled(file));
    return this;
  }

  ScannedFolder spoil(String file, @Nullable String name) {
    files.put(file, FoundFile.broken(file, name, null, "1:1: broken"));
    return this;
  }

  ScannedFolder pass(Duration time) {
    clock.advance(time);
    return this;
  }

  ScannedFolder clockJumps(Duration by) {
    clock.jump(by);
    return this;
  }

  ScannedFolder seconds(long seconds) {
    return pass(Duration.ofSeconds(seconds));
  }

  ScannedFolder scan() {
    boolean isReadable = access == Access.READABLE;
    Directory directory =
        new Directory(
            access, isReadable ? identity : "", watchEnded, isReadable ? "" : "no folder");
    FolderScan scan =
        new FolderScan(
            clock.read(),
            clock.timeline(),
            directory,
            isReadable ? List.copyOf(files.values()) : List.of(),
            subfolders,
            List.copyOf(unread.values()));
    FolderContext context =
        new FolderContext(new DeletionSettings(grace, clusters, observed), startHold, changing);
    FolderDecision ruling = DeletionGuard.decide(registry, scan, context);
    isRepeated = steady.stream().anyMatch(last -> last.isRepeated(registry, scan, context));
    if (isRepeated) {
      assertThat(ruling).isEqualTo(new FolderDecision(registry, List.of()));
    }
    steady = SteadyScan.of(registry, scan, context, ruling);
    registry = ruling.registry();
    changing = registry.changing();
    changes = ruling.changes();
    return this;
  }

  KnownPolicy known(String name) {
    return registry.ofName(name).get(0);
  }

  ScannedFolder shows(String name, Phase phase) {
    assertThat(known(name).phase()).as(name).isEqualTo(phase);
    return this;
  }

  ScannedFolder shows(String name, String cluster, Phase phase) {
    assertThat(registry.find(name, cluster).orElseThrow().phase())
        .as("%s on %s", name, cluster)
        .isEqualTo(phase);
    return this;
  }

  /** Returns since when a policy that is not held is in its state. */
  TimelineInstant since(String name) {
    return since(known(name));
  }

  static TimelineInstant since(KnownPolicy known) {
    return ((FileState.Timed) known.state()).since();
  }

  ScannedFolder held(String name, HoldReason reason) {
    shows(name, Phase.DELETION_HELD);
    assertThat(known(name).heldDeletion().orElseThrow().reason()).isEqualTo(reason);
    return this;
  }

  ScannedFolder lacks(String name) {
    assertThat(registry.ofName(name)).isEmpty();
    return this;
  }

  ScannedFolder tells(Change... expected) {
    assertThat(changes).extracting(FolderChange::change).containsExactly(expected);
    return this;
  }

  ScannedFolder saysWhy(String... words) {
    assertThat(changes).extracting(FolderChange::words).containsExactly(words);
    return this;
  }
}
