package dev.backstop.simulation;

import dev.backstop.observation.Kind;
import dev.backstop.policy.FileState;
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
  private final FakeFolder cabinet;
  private final Duration grace;
  private final Judge judge;
  private final Map<String, Eye> eyes = new HashMap<>();
  private Map<String, ExpectedPolicy> memos = new TreeMap<>();

  /** The names that broken files claim, or several files at once, by file. */
  private Map<String, String> snapshot = Map.of();

  private Eye eye;
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

  /** Is asked where the library alone can't tell right from wrong. */
  interface Judge {

    void fault(String words);

    /** Returns whether the process at work may act on a cluster. */
    boolean mayAct(String cluster);

    /** Something was dropped or let go that was due to be proven stopped. */
    void letGo(ExpectedPolicy memo, Kind kind);

    void held(HoldReason reason);

    /** Returns whether true time can't be asked of what began then. */
    boolean excuses(Instant since);
  }

  private record Edit(String cluster, Instant at) {}

  /** What one process has read of the folder, and holds of it since its last scan. */
  private static final class Eye {
    private final Map<Long, Instant> firstSeen = new HashMap<>();
    private final Set<Long> agreed = new HashSet<>();
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

    Eye(Map<String, ExpectedPolicy> shown, Map<String, String> snapshot, Instant begunWall) {
      this.shown = shown;
      this.snapshot = snapshot;
      this.begunWall = begunWall;
    }
  }

  /** Keeps what a copy of the store would keep. */
  record Copy(
      Map<String, ExpectedPolicy> memos,
      Map<String, String> snapshot,
      @Nullable Instant heartbeat,
      int identity,
      String directory) {}

  ExpectedPolicies(VirtualTime time, FakeFolder cabinet, Duration grace, Judge judge) {
    this.time = time;
    this.cabinet = cabinet;
    this.grace = grace;
    this.judge = judge;
    this.eye = new Eye(memos, snapshot, time.wall());
  }

  Copy copy() {
    return new Copy(Map.copyOf(memos), snapshot, heartbeat, identity, directory);
  }

  void restore(Copy copy) {
    memos = new TreeMap<>(copy.memos());
    snapshot = copy.snapshot();
    heartbeat = copy.heartbeat();
    identity = copy.identity();
    directory = copy.directory();
    editedAt.clear();
    held.clear();
    for (Eye each : eyes.values()) {
      each.shown = memos;
      each.snapshot = snapshot;
      each.lastState = -1;
    }
  }

  /** Begins another life of a daemon, which has seen no file yet. */
  void restarted(String owner) {
    eyes.put(owner, new Eye(memos, snapshot, time.wall()));
    seenBy(owner);
  }

  /** Shows from now on what one process holds; two may hold the folder for different ones. */
  void seenBy(String owner) {
    this.owner = owner;
    eye = eyes.computeIfAbsent(owner, key -> new Eye(memos, snapshot, time.wall()));
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

  /** Lets the next writing count or drop these, as a person said so. */
  void release(List<String> names) {
    released.addAll(names);
  }

  /** Lists what is known, by name, as of the process's last scan. */
  Map<String, ExpectedPolicy> shown() {
    return eye.shown;
  }

  /** Returns whether no policy has a file any more, so that soon none may be known. */
  boolean isDeserted() {
    return eye.shown.values().stream().allMatch(memo -> memo.goneSince() != null);
  }

  /** Returns whether a policy speaks of a kind, whatever changes in the last moment. */
  boolean speaksOf(ExpectedPolicy seen, boolean data) {
    ExpectedPolicy memo = lasting(seen);
    return !memo.counted() || memo.isDue(data);
  }

  List<FileContent> strays() {
    return eye.strays;
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
    return !drafts(eye.shown, cluster).equals(drafts(memos, cluster));
  }

  /** Returns whether a process saw a file come back whose policy's deletion had counted. */
  boolean isComingBack(String cluster) {
    return eye.comingBack.contains(cluster);
  }

  private static Set<FileContent.Draft> drafts(Map<String, ExpectedPolicy> known, String cluster) {
    Set<FileContent.Draft> drafts = new HashSet<>();
    for (ExpectedPolicy memo : known.values()) {
      if (memo.draft().cluster().equals(cluster)) {
        drafts.add(memo.draft());
      }
    }
    return drafts;
  }

  /** Returns whether a process had read the folder as it was then, but for the last moment. */
  boolean hasReadAll(String owner, Instant then) {
    seenBy(owner);
    return eye.read == cabinet.changes() || !eye.readAt.plus(STEP).isBefore(then);
  }

  /** Follows a process's scan of the folder as it is at this moment. */
  void scanned(String owner) {
    seenBy(owner);
    eye.read = cabinet.changes();
    eye.readAt = time.now();
    eye.identity = cabinet.identity();
    if (eye.lastState == cabinet.changes() && eye.shown.equals(memos)) {
      return;
    }
    eye.strays = List.of();
    eye.comingBack.clear();
    eye.lastState = -1;
    if (cabinet.isThere()) {
      FolderReading reading = new FolderReading(cabinet.sheets(), settled(), memos, snapshot);
      eye.shown = look(reading);
      eye.isFirstScan = false;
      eye.unread = unreadTexts();
      if (reading.isAtRest()
          && eye.shown.values().stream().allMatch(memo -> memo.goneSince() == null)) {
        eye.lastState = cabinet.changes();
      }
      return;
    }
    eye.firstSeen.clear();
    eye.agreed.clear();
    eye.snapshot = snapshot;
    eye.shown = new TreeMap<>(memos);
    eye.shown.replaceAll(
        (name, memo) -> memo.counted() ? effective(memo) : memo.gone(time.now(), true, true));
  }

  private Map<String, FakeFolder.Sheet> settled() {
    Map<String, FakeFolder.Sheet> settled = new TreeMap<>();
    Set<Long> present = new HashSet<>();
    Instant now = time.now();
    for (Map.Entry<String, FakeFolder.Sheet> entry : cabinet.sheets().entrySet()) {
      long revision = entry.getValue().revision();
      present.add(revision);
      Instant first = eye.firstSeen.computeIfAbsent(revision, key -> now);
      if (eye.agreed.contains(revision) || !now.isBefore(first.plus(SETTLE))) {
        eye.agreed.add(revision);
        settled.put(entry.getKey(), read(entry.getKey(), entry.getValue()));
      }
    }
    eye.firstSeen.keySet().retainAll(present);
    return settled;
  }

  /**
   * A policy for a cluster that the configuration lacks is a mistake; and of a broken file that a
   * link reaches no word is shown, so it claims no name (seed 991).
   */
  private FakeFolder.Sheet read(String file, FakeFolder.Sheet sheet) {
    FileContent.Draft draft = sheet.paper().draft();
    if (draft == null && cabinet.isLink(file)) {
      return sheet.read(
          FileContent.spoiled(sheet.paper().text().replaceFirst("^name: [^\n]*\n?", "")));
    }
    return draft != null && lacks(draft.cluster())
        ? sheet.read(FileContent.spoiled(sheet.paper().text()))
        : sheet;
  }

  private Map<String, ExpectedPolicy> look(FolderReading reading) {
    Map<String, ExpectedPolicy> pending = new TreeMap<>(memos);
    Map<String, FileContent.Draft> speakers = reading.speakers();
    speakers.forEach((file, draft) -> pending.put(draft.name(), ExpectedPolicy.good(draft, file)));
    List<FileContent.Draft> good = List.copyOf(speakers.values());
    Missing missing = missing(pending.values(), good, reading.isNameless());
    pending.replaceAll(
        (name, memo) ->
            good.contains(memo.draft()) && reading.isClaimedOnce(name)
                ? memo
                : without(memo, reading, missing));
    eye.strays = reading.strays(pending.values());
    eye.snapshot = reading.claimed();
    for (ExpectedPolicy memo : pending.values()) {
      if (!lasting(memo).equals(memo)) {
        eye.comingBack.add(memo.draft().cluster());
      }
    }
    return pending;
  }

  private record Missing(
      boolean other, boolean stale, boolean maybeStale, boolean allGone, boolean nameless) {}

  private Missing missing(
      Collection<ExpectedPolicy> all, List<FileContent.Draft> good, boolean isNameless) {
    // The clock may jump between a process's start and the end of its first scan.
    boolean wasStale = eye.isFirstScan && isStale(eye.begunWall);
    boolean isStale = eye.isFirstScan && isStale(time.wall());
    boolean allGone = false;
    if (cabinet.sheets().isEmpty()) {
      long uncounted =
          all.stream().filter(memo -> !memo.counted() && !memo.draft().isWithin(good)).count();
      allGone = uncounted >= 2;
    }
    return new Missing(
        cabinet.identity() != identity,
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
    cabinet.unread().forEach((file, sheet) -> texts.put(file, sheet.paper().text()));
    return texts;
  }

  /** Returns whether a file's content has appeared, since this reader's last scan, unread. */
  private boolean hasMovedOut(ExpectedPolicy memo) {
    String text = memo.draft().paper().text();
    return !eye.isFirstScan
        && unreadTexts().entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getValue().equals(text) && !text.equals(eye.unread.get(entry.getKey())));
  }

  /** What counted, or may be held, stays so while a folder is in the file's place. */
  private ExpectedPolicy withNameTaken(ExpectedPolicy memo) {
    if (memo.counted()) {
      return effective(memo);
    }
    return memo.mayBeHeld() ? memo : memo.doubted(time.now(), memo.file());
  }

  private ExpectedPolicy without(ExpectedPolicy memo, FolderReading reading, Missing missing) {
    if (cabinet.isTaken(memo.file()) && !reading.isInDoubt(memo)) {
      return withNameTaken(memo);
    }
    if (reading.isInDoubt(memo)) {
      return memo.doubted(time.now(), reading.fileInDoubt(memo));
    }
    if (memo.counted()) {
      return effective(memo);
    }
    boolean mustHold =
        missing.other()
            || (missing.stale() && memo.goneSince() == null)
            || missing.allGone()
            || hasMovedOut(memo)
            || lacks(memo.draft().cluster())
            || memo.draft().onDelete().equals("hold");
    boolean mayHold = missing.maybeStale() || missing.nameless() || !cabinet.unread().isEmpty();
    return memo.gone(time.now(), mustHold, mayHold);
  }

  /** A deletion that counted is held from the moment its cluster is not in the configuration. */
  private ExpectedPolicy effective(ExpectedPolicy counted) {
    return lacks(counted.draft().cluster())
        ? counted.heldAgain()
        : counted.gone(time.now(), false, false);
  }

  /** Follows a daemon in writing its book: what it lets count or drops must be in its right. */
  void saved(String owner, PolicyRegistry registry) {
    seenBy(owner);
    Instant now = time.now();
    Map<String, ExpectedPolicy> next = new TreeMap<>();
    for (KnownPolicy known : registry.policies()) {
      ExpectedPolicy memo = eye.shown.get(known.name());
      if (memo != null) {
        next.put(known.name(), saved(known, memo));
      }
      HoldReason reason = known.hold();
      if (reason != null && held.put(known.name(), reason) != reason) {
        judge.held(reason);
      } else if (reason == null) {
        held.remove(known.name());
      }
    }
    eye.shown.forEach(
        (name, memo) -> {
          // What another process dropped since it was read is not dropped by this one.
          if (!next.containsKey(name) && memos.containsKey(name)) {
            judgeForgetting(name, memo);
          }
        });
    noteEdits(next);
    if (!next.equals(memos)) {
      changedAt = now;
    }
    memos = next;
    snapshot = eye.snapshot;
    eye.shown = next;
    released.clear();
    // What is written down is the folder that was read, which may be another one by now.
    if (!registry.directoryIdentity().equals(directory)) {
      directory = registry.directoryIdentity();
      identity = eye.identity;
    }
  }

  private ExpectedPolicy saved(KnownPolicy known, ExpectedPolicy memo) {
    ExpectedPolicy before = memos.get(known.name());
    if (known.presence() != FileState.COUNTED) {
      // That a file changes is true of one reader alone, and nothing that is written down.
      boolean isUnsaid = memo.doubtSince() != null && known.presence() != FileState.BROKEN;
      return isUnsaid && before != null ? before : memo;
    }
    ExpectedPolicy counted = memo;
    if (!memo.counted()) {
      // A file that is back but has not settled changes nothing that is written down.
      if (before != null && before.counted()) {
        counted = before;
      } else {
        judgeCounting(known.name(), memo);
        counted = memo.counting(time.now(), released.contains(known.name()));
        // What counts while it is only observed is observed for good.
        counted = judge.mayAct(memo.draft().cluster()) ? counted : counted.observed();
      }
    }
    for (Kind kind : Kind.values()) {
      boolean isDue = known.outstanding().contains(kind);
      if (!isDue && counted.isDue(kind == Kind.DATA)) {
        judge.letGo(counted, kind);
      }
    }
    return counted.due(
        known.outstanding().contains(Kind.DATA), known.outstanding().contains(Kind.LOG));
  }

  private void noteEdits(Map<String, ExpectedPolicy> next) {
    Set<String> names = new HashSet<>(memos.keySet());
    names.addAll(next.keySet());
    for (String name : names) {
      ExpectedPolicy before = memos.get(name);
      ExpectedPolicy after = next.get(name);
      if (before != null && after != null && isSame(before, after)) {
        continue;
      }
      for (ExpectedPolicy one : new @Nullable ExpectedPolicy[] {before, after}) {
        if (one != null) {
          editedAt.put(one.draft().cluster(), time.now());
          edits.add(new Edit(one.draft().cluster(), time.now()));
        }
      }
    }
  }

  private static boolean isSame(ExpectedPolicy one, ExpectedPolicy other) {
    return one.draft().equals(other.draft())
        && one.counted() == other.counted()
        && one.dataDue() == other.dataDue()
        && one.logDue() == other.logDue();
  }

  private void judgeCounting(String name, ExpectedPolicy memo) {
    if (released.contains(name)) {
      return;
    }
    Instant gone = memo.goneSince();
    if (gone == null) {
      judge.fault("the deletion of " + name + " counts although its file is there: " + memo);
    } else if (memo.mustBeHeld()) {
      judge.fault("the deletion of " + name + " counts although it must be held: " + memo);
    } else if (isWithinGrace(gone)) {
      judge.fault("the deletion of " + name + " counts within its grace: " + memo);
    } else if (eye.read == cabinet.changes()
        && cabinet.sheets().values().stream().anyMatch(one -> one.paper().isNameless())) {
      judge.fault("the deletion of " + name + " counts beside a file without a name: " + memo);
    }
  }

  private boolean isWithinGrace(Instant gone) {
    return time.now().isBefore(gone.plus(grace)) && !judge.excuses(gone);
  }

  /** A file that is back but has not settled leaves a deletion that counted as it is. */
  private ExpectedPolicy lasting(ExpectedPolicy seen) {
    ExpectedPolicy stored = memos.get(seen.draft().name());
    return stored != null && stored.counted() && seen.doubtSince() != null ? stored : seen;
  }

  private void judgeForgetting(String name, ExpectedPolicy seen) {
    if (released.contains(name)) {
      return;
    }
    ExpectedPolicy memo = lasting(seen);
    List<FileContent.Draft> good =
        eye.shown.values().stream()
            .filter(one -> one.inDoubtSince() == null && !one.counted())
            .map(ExpectedPolicy::draft)
            .toList();
    if (memo.draft().isWithin(good)) {
      return;
    }
    if (memo.counted()) {
      for (Kind kind : Kind.values()) {
        if (memo.isDue(kind == Kind.DATA)) {
          judge.letGo(memo, kind);
        }
      }
      return;
    }
    Instant gone = memo.goneSince();
    boolean isOver = gone != null && !isWithinGrace(gone);
    if (!isOver || !memo.draft().onDelete().equals("forget") || memo.mustBeHeld()) {
      judge.fault("policy " + name + " is dropped although nothing allows it: " + memo);
    }
  }
}
