package dev.backstop.simulation;

import dev.backstop.observation.Kind;
import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Is the referee's own view of the policy files: what the story wrote, at which scans a daemon
 * could see it, and what of that was written down. It goes by the true time.
 */
final class ExpectedPolicies {

  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final Duration STEP = Duration.ofMillis(5);
  private static final Duration STALE = Duration.ofHours(24);

  private final VirtualTime time;
  private final FakeFolder folder;
  private final Duration grace;
  private final Judge judge;
  private final Map<String, FolderView> views = new HashMap<>();
  private Map<String, ExpectedPolicy> recorded = new TreeMap<>();

  /** The names that broken files claim, or several files at once, by file. */
  private Map<String, String> snapshot = Map.of();

  private FolderView view;
  private final Set<String> released = new HashSet<>();
  private final Map<String, Instant> editedAt = new HashMap<>();
  private final List<Edit> edits = new ArrayList<>();
  private final Map<String, HoldReason> held = new HashMap<>();
  private @Nullable Instant heartbeat;
  private int identity;
  private String directory = "";
  private String lacking = "";
  private String owner = "";
  private Instant changedAt = Instant.EPOCH;

  /** Is asked where the policies' files alone can't tell right from wrong. */
  interface Judge {

    void fault(String words);

    /** Returns whether the process at work may act on a cluster. */
    boolean mayAct(String cluster);

    /** Something was dropped or let go that was due to be proven stopped. */
    void letGo(ExpectedPolicy policy, Kind kind);

    void held(HoldReason reason);

    /** Returns whether true time can't be asked of what began then. */
    boolean excuses(Instant since);
  }

  private record Edit(String cluster, Instant at) {}

  /** What one process has read of the folder, and holds of it since its last scan. */
  private static final class FolderView {
    private final Map<Long, Instant> firstSeen = new HashMap<>();
    private final Set<Long> agreed = new HashSet<>();
    private final NameUses uses = new NameUses();

    /** The files where the last scan found them. */
    private Map<String, FakeFolder.WrittenFile> inPlace = Map.of();

    private final Set<String> comingBack = new HashSet<>();
    private final Instant begunWall;
    private Map<String, ExpectedPolicy> shown;
    private Map<String, String> snapshot;
    private List<FileContent> strays = List.of();
    private boolean isFirstScan = true;
    private Map<String, String> unread = Map.of();
    private long lastState = -1;
    private long read = -1;
    private Instant readAt = Instant.EPOCH;
    private int identity;

    FolderView(Map<String, ExpectedPolicy> shown, Map<String, String> snapshot, Instant begunWall) {
      this.shown = shown;
      this.snapshot = snapshot;
      this.begunWall = begunWall;
    }
  }

  /** Keeps what a copy of the store would keep. */
  record Copy(
      Map<String, ExpectedPolicy> recorded,
      Map<String, String> snapshot,
      @Nullable Instant heartbeat,
      int identity,
      String directory) {

    /** Returns what an empty store keeps, beside a folder of this identity. */
    static Copy nothing(int identity) {
      return new Copy(Map.of(), Map.of(), null, identity, "");
    }
  }

  ExpectedPolicies(VirtualTime time, FakeFolder folder, Duration grace, Judge judge) {
    this.time = time;
    this.folder = folder;
    this.grace = grace;
    this.judge = judge;
    this.view = new FolderView(recorded, snapshot, time.wall());
  }

  Copy copy() {
    return new Copy(Map.copyOf(recorded), snapshot, heartbeat, identity, directory);
  }

  void restore(Copy copy) {
    recorded = new TreeMap<>(copy.recorded());
    snapshot = copy.snapshot();
    heartbeat = copy.heartbeat();
    identity = copy.identity();
    directory = copy.directory();
    editedAt.clear();
    held.clear();
    for (FolderView each : views.values()) {
      each.shown = recorded;
      each.snapshot = snapshot;
      each.lastState = -1;
    }
  }

  /** Begins another life of a daemon, which has seen no file yet. */
  void restarted(String owner) {
    views.put(owner, new FolderView(recorded, snapshot, time.wall()));
    seenBy(owner);
  }

  /** Shows from now on what one process holds; two may hold the folder for different ones. */
  void seenBy(String owner) {
    this.owner = owner;
    view = views.computeIfAbsent(owner, key -> new FolderView(recorded, snapshot, time.wall()));
  }

  /** Returns the process whose view is shown; empty before the first one begins. */
  String owner() {
    return owner;
  }

  /** The processes that begin from now on lack a cluster in their configuration; empty for none. */
  void lack(String cluster) {
    lacking = cluster;
  }

  boolean lacks(String cluster) {
    return lacking.equals(cluster);
  }

  void beat(Instant wall) {
    heartbeat = wall;
  }

  int folderIdentity() {
    return folder.identity();
  }

  /** Lets the next writing count or drop these, as a person said so. */
  void release(List<String> names) {
    released.addAll(names);
  }

  /** Lists what is known, by name and cluster, as of the process's last scan. */
  Map<String, ExpectedPolicy> shown() {
    return view.shown;
  }

  /** Returns whether no policy has a file any more, so that soon none may be known. */
  boolean isDeserted() {
    return view.shown.values().stream().allMatch(policy -> policy.goneSince() != null);
  }

  /** Returns whether a policy speaks of a kind, whatever changes in the last moment. */
  boolean speaksOf(ExpectedPolicy seen, boolean data) {
    ExpectedPolicy policy = lasting(seen);
    return !policy.counted() || policy.isDue(data);
  }

  List<FileContent> strays() {
    return view.strays;
  }

  /** Returns when anything last changed. */
  Instant changedAt() {
    return changedAt;
  }

  /** Returns when what a cluster's policies amount to last changed. */
  Instant editedAt(String cluster) {
    return editedAt.getOrDefault(cluster, Instant.EPOCH);
  }

  /** Lists the clusters whose policies changed between two instants. */
  Set<String> edited(Instant from, Instant until) {
    Set<String> clusters = new HashSet<>();
    for (Edit edit : edits) {
      if (!edit.at().isBefore(from) && !edit.at().isAfter(until)) {
        clusters.add(edit.cluster());
      }
    }
    return clusters;
  }

  /**
   * Returns whether the process at work reads other policies of a cluster than are written down.
   */
  boolean isBehind(String cluster) {
    return !specs(view.shown, cluster).equals(specs(recorded, cluster));
  }

  /** Returns whether a process saw a file come back whose policy's deletion had counted. */
  boolean isComingBack(String cluster) {
    return view.comingBack.contains(cluster);
  }

  private static Set<FileContent.PolicySpec> specs(
      Map<String, ExpectedPolicy> known, String cluster) {
    Set<FileContent.PolicySpec> specs = new HashSet<>();
    for (ExpectedPolicy policy : known.values()) {
      if (policy.spec().cluster().equals(cluster)) {
        specs.add(policy.spec());
      }
    }
    return specs;
  }

  /** Returns whether a process had read the folder as it was then, but for the last moment. */
  boolean hasReadAll(String owner, Instant then) {
    seenBy(owner);
    return view.read == folder.changes() || !view.readAt.plus(STEP).isBefore(then);
  }

  /** Follows a process's scan of the folder as it is at this moment. */
  void scanned(String owner) {
    seenBy(owner);
    view.read = folder.changes();
    view.readAt = time.now();
    view.identity = folder.identity();
    if (view.lastState == folder.changes() && view.shown.equals(recorded)) {
      return;
    }
    view.strays = List.of();
    view.comingBack.clear();
    view.lastState = -1;
    if (folder.isThere()) {
      FolderReading reading =
          new FolderReading(folder.writtenFiles(), settled(), recorded, snapshot, folder::isTaken);
      view.shown = look(reading);
      view.isFirstScan = false;
      view.unread = unreadTexts();
      if (reading.isAtRest()
          && view.shown.values().stream().allMatch(policy -> policy.goneSince() == null)) {
        view.lastState = folder.changes();
      }
      return;
    }
    view.firstSeen.clear();
    view.agreed.clear();
    view.inPlace = Map.of();
    view.snapshot = snapshot;
    view.shown = new TreeMap<>(recorded);
    view.shown.replaceAll(
        (name, policy) ->
            policy.counted() ? effective(policy) : policy.gone(time.now(), true, true));
  }

  private Map<String, FakeFolder.WrittenFile> settled() {
    Map<String, FakeFolder.WrittenFile> settled = new TreeMap<>();
    Set<Long> present = new HashSet<>();
    Instant now = time.now();
    for (Map.Entry<String, FakeFolder.WrittenFile> entry : folder.writtenFiles().entrySet()) {
      long revision = entry.getValue().revision();
      present.add(revision);
      resume(entry.getKey(), entry.getValue());
      Instant first = view.firstSeen.computeIfAbsent(revision, key -> now);
      if (view.agreed.contains(revision) || !now.isBefore(first.plus(SETTLE))) {
        view.agreed.add(revision);
        settled.put(entry.getKey(), read(entry.getKey(), entry.getValue()));
      }
    }
    view.inPlace = Map.copyOf(folder.writtenFiles());
    view.firstSeen.keySet().retainAll(present);
    view.uses.withhold(settled, now);
    return settled;
  }

  /** A file that was away between two scans is the one that it was (seed 18013511). */
  private void resume(String file, FakeFolder.WrittenFile written) {
    FakeFolder.WrittenFile last = view.inPlace.get(file);
    if (last == null || !written.isWrittenAs(last)) {
      return;
    }
    Instant first = view.firstSeen.get(last.revision());
    if (first != null) {
      view.firstSeen.putIfAbsent(written.revision(), first);
    }
    if (view.agreed.contains(last.revision())) {
      view.agreed.add(written.revision());
    }
  }

  /**
   * A policy for a cluster that the configuration lacks is a mistake; and of a broken file that a
   * link reaches no word is shown, so it claims no name (seeds 991, 4001171).
   */
  private FakeFolder.WrittenFile read(String file, FakeFolder.WrittenFile written) {
    FileContent content = written.content();
    FileContent.PolicySpec spec = content.spec();
    // Of several clusters the one that it lacks is that one's fault alone.
    boolean isBroken = spec == null || spec.clusters().equals(List.of(lacking));
    if (!isBroken) {
      return written;
    }
    String shown =
        folder.isLink(file) ? content.text().replaceFirst("^name: [^\n]*\n?", "") : content.text();
    return written.read(FileContent.spoiled(shown));
  }

  private Map<String, ExpectedPolicy> look(FolderReading reading) {
    Map<String, ExpectedPolicy> pending = new TreeMap<>(recorded);
    Map<String, FileContent.PolicySpec> speakers = reading.speakers();
    List<FileContent.PolicySpec> good = new ArrayList<>();
    Map<String, String> faulty = new HashMap<>();
    speakers.forEach(
        (file, spec) -> {
          // A cluster that the file names no longer is released.
          pending
              .values()
              .removeIf(
                  policy ->
                      policy.spec().name().equals(spec.name())
                          && !spec.clusters().contains(policy.spec().cluster()));
          for (String cluster : spec.clusters()) {
            String key = ExpectedPolicy.key(spec.name(), cluster);
            if (lacks(cluster)) {
              faulty.put(key, file);
            } else {
              pending.put(key, ExpectedPolicy.good(spec, cluster, file));
              good.add(spec.on(cluster));
            }
          }
        });
    Missing missing = missing(pending.values(), good, reading.isNameless());
    pending.replaceAll(
        (key, policy) -> {
          if (good.contains(policy.spec()) && reading.isClaimedOnce(policy.spec().name())) {
            return policy;
          }
          String faultyFile = faulty.get(key);
          return faultyFile == null
              ? without(policy, reading, missing)
              : policy.doubted(time.now(), faultyFile);
        });
    view.strays = reading.strays(pending.values());
    view.snapshot = reading.claimed();
    for (ExpectedPolicy policy : pending.values()) {
      if (!lasting(policy).equals(policy)) {
        view.comingBack.add(policy.spec().cluster());
      }
    }
    return pending;
  }

  private record Missing(
      boolean other, boolean stale, boolean maybeStale, boolean allGone, boolean nameless) {}

  private Missing missing(
      Collection<ExpectedPolicy> all, List<FileContent.PolicySpec> good, boolean isNameless) {
    // The clock may jump between a process's start and the end of its first scan.
    boolean wasStale = view.isFirstScan && isStale(view.begunWall);
    boolean isStale = view.isFirstScan && isStale(time.wall());
    boolean allGone = false;
    if (folder.writtenFiles().isEmpty()) {
      long uncounted =
          all.stream()
              .filter(policy -> !policy.counted() && !policy.spec().isWithin(good))
              .map(policy -> policy.spec().name())
              .distinct()
              .count();
      allGone = uncounted >= 2;
    }
    return new Missing(
        folder.identity() != identity,
        wasStale && isStale,
        wasStale || isStale,
        allGone,
        isNameless);
  }

  private boolean isStale(Instant wall) {
    Instant beat = heartbeat;
    return beat != null && (beat.isAfter(wall) || beat.plus(STALE).isBefore(wall));
  }

  private Map<String, String> unreadTexts() {
    Map<String, String> texts = new TreeMap<>();
    folder.unread().forEach((file, written) -> texts.put(file, written.content().text()));
    return texts;
  }

  /** Returns whether a file's content has appeared, since this reader's last scan, unread. */
  private boolean hasMovedOut(ExpectedPolicy policy) {
    String text = policy.text();
    return !view.isFirstScan
        && unreadTexts().entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getValue().equals(text) && !text.equals(view.unread.get(entry.getKey())));
  }

  /** What counted, or may be held, stays so while a folder is in the file's place. */
  private ExpectedPolicy withNameTaken(ExpectedPolicy policy) {
    if (policy.counted()) {
      return effective(policy);
    }
    return policy.mayBeHeld() ? policy : policy.doubted(time.now(), policy.file());
  }

  private ExpectedPolicy without(ExpectedPolicy policy, FolderReading reading, Missing missing) {
    if (folder.isTaken(policy.file()) && !reading.isInDoubt(policy)) {
      return withNameTaken(policy);
    }
    if (reading.isInDoubt(policy)) {
      return policy.doubted(time.now(), reading.fileInDoubt(policy));
    }
    if (policy.counted()) {
      return effective(policy);
    }
    boolean mustHold =
        missing.other()
            || (missing.stale() && policy.goneSince() == null)
            || missing.allGone()
            || hasMovedOut(policy)
            || lacks(policy.spec().cluster())
            || policy.spec().onDelete().equals("hold");
    boolean mayHold = missing.maybeStale() || missing.nameless() || !folder.unread().isEmpty();
    return policy.gone(time.now(), mustHold, mayHold);
  }

  /** A deletion that counted is held from the moment its cluster is not in the configuration. */
  private ExpectedPolicy effective(ExpectedPolicy counted) {
    return lacks(counted.spec().cluster())
        ? counted.heldAgain()
        : counted.gone(time.now(), false, false);
  }

  Instant now() {
    return time.now();
  }

  Instant wall() {
    return time.wall();
  }

  boolean hasJumpedSince(Instant since) {
    return time.hasJumpedSince(since);
  }

  /** Follows a daemon in writing its book: what it lets count or drops must be in its right. */
  void saved(String owner, PolicyRegistry registry) {
    seenBy(owner);
    Instant now = time.now();
    Map<String, ExpectedPolicy> next = new TreeMap<>();
    for (KnownPolicy known : registry.policies()) {
      String key = ExpectedPolicy.key(known.name(), known.policy().cluster());
      ExpectedPolicy policy = view.shown.get(key);
      if (policy != null) {
        next.put(key, saved(known, policy));
      }
      HoldReason reason = known.heldDeletion().map(DeletionHeld::reason).orElse(null);
      if (reason != null && held.put(key, reason) != reason) {
        judge.held(reason);
      } else if (reason == null) {
        held.remove(key);
      }
    }
    view.shown.forEach(
        (key, policy) -> {
          // What another process dropped since it was read is not dropped by this one.
          if (!next.containsKey(key) && recorded.containsKey(key)) {
            judgeForgetting(policy.spec().name(), policy);
          }
        });
    noteEdits(next);
    if (!next.equals(recorded)) {
      changedAt = now;
    }
    recorded = next;
    snapshot = view.snapshot;
    view.shown = next;
    released.clear();
    // What is written down is the folder that was read, which may be another one by now.
    if (!registry.directoryIdentity().equals(directory)) {
      directory = registry.directoryIdentity();
      identity = view.identity;
    }
  }

  private ExpectedPolicy saved(KnownPolicy known, ExpectedPolicy policy) {
    ExpectedPolicy before = recorded.get(policy.key());
    if (known.phase() != Phase.DELETION_EFFECTIVE) {
      // That a file changes is true of one reader alone, and nothing that is written down.
      boolean isUnsaid = policy.doubtSince() != null && known.phase() != Phase.BROKEN;
      return isUnsaid && before != null ? before : policy;
    }
    ExpectedPolicy counted = policy;
    if (!policy.counted()) {
      // A file that is back but has not settled changes nothing that is written down.
      if (before != null && before.counted()) {
        counted = before;
      } else {
        judgeCounting(known.name(), policy);
        counted = policy.counting(time.now(), released.contains(known.name()));
        // What counts while it is only observed is observed for good.
        counted = judge.mayAct(policy.spec().cluster()) ? counted : counted.observed();
      }
    }
    for (Kind kind : Kind.values()) {
      boolean isDue = known.concerns(kind);
      if (!isDue && counted.isDue(kind == Kind.DATA)) {
        judge.letGo(counted, kind);
      }
    }
    return counted.due(known.concerns(Kind.DATA), known.concerns(Kind.LOG));
  }

  private void noteEdits(Map<String, ExpectedPolicy> next) {
    Set<String> names = new HashSet<>(recorded.keySet());
    names.addAll(next.keySet());
    for (String name : names) {
      ExpectedPolicy before = recorded.get(name);
      ExpectedPolicy after = next.get(name);
      if (before != null && after != null && isSame(before, after)) {
        continue;
      }
      for (ExpectedPolicy one : new @Nullable ExpectedPolicy[] {before, after}) {
        if (one != null) {
          editedAt.put(one.spec().cluster(), time.now());
          edits.add(new Edit(one.spec().cluster(), time.now()));
        }
      }
    }
  }

  private static boolean isSame(ExpectedPolicy one, ExpectedPolicy other) {
    return one.spec().equals(other.spec())
        && one.counted() == other.counted()
        && one.dataDue() == other.dataDue()
        && one.logDue() == other.logDue();
  }

  private void judgeCounting(String name, ExpectedPolicy policy) {
    if (released.contains(name)) {
      return;
    }
    Instant gone = policy.goneSince();
    if (gone == null) {
      judge.fault("the deletion of " + name + " counts although its file is there: " + policy);
    } else if (policy.mustBeHeld()) {
      judge.fault("the deletion of " + name + " counts although it must be held: " + policy);
    } else if (isWithinGrace(gone)) {
      judge.fault("the deletion of " + name + " counts within its grace: " + policy);
    } else if (view.read == folder.changes()
        && folder.writtenFiles().values().stream().anyMatch(one -> one.content().isNameless())) {
      judge.fault("the deletion of " + name + " counts beside a file without a name: " + policy);
    }
  }

  private boolean isWithinGrace(Instant gone) {
    return time.now().isBefore(gone.plus(grace)) && !judge.excuses(gone);
  }

  /** A file that is back but has not settled leaves a deletion that counted as it is. */
  private ExpectedPolicy lasting(ExpectedPolicy seen) {
    ExpectedPolicy stored = recorded.get(seen.key());
    return stored != null && stored.counted() && seen.doubtSince() != null ? stored : seen;
  }

  private void judgeForgetting(String name, ExpectedPolicy seen) {
    if (released.contains(name)) {
      return;
    }
    ExpectedPolicy policy = lasting(seen);
    List<FileContent.PolicySpec> good =
        view.shown.values().stream()
            .filter(one -> one.inDoubtSince() == null && !one.counted())
            .map(ExpectedPolicy::spec)
            .toList();
    if (policy.spec().isWithin(good)) {
      return;
    }
    if (policy.counted()) {
      for (Kind kind : Kind.values()) {
        if (policy.isDue(kind == Kind.DATA)) {
          judge.letGo(policy, kind);
        }
      }
      return;
    }
    Instant gone = policy.goneSince();
    boolean isOver = gone != null && !isWithinGrace(gone);
    if (!isOver || !policy.spec().onDelete().equals("forget") || policy.mustBeHeld()) {
      judge.fault("policy " + name + " is dropped although nothing allows it: " + policy);
    }
  }
}
