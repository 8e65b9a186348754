package dev.backstop.simulation;

import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyBook;
import dev.backstop.policy.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is the referee's own view of the policy files: what the story wrote, at which scans the daemon
 * could see it, and what of that it wrote down.
 */
final class Library {

  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final Duration STALE = Duration.ofHours(24);

  private final Cabinet cabinet;
  private final Duration grace;
  private final Consumer<String> fault;
  private final Map<Long, Instant> firstSeen = new HashMap<>();
  private final Set<Long> agreed = new HashSet<>();
  private Map<String, Memo> memos = new TreeMap<>();
  private Map<String, Memo> pending = new TreeMap<>();
  private Map<String, Memo> shown = new TreeMap<>();
  private final Set<String> released = new HashSet<>();
  private final List<Paper> strays = new ArrayList<>();
  private boolean firstScan = true;
  private @Nullable Instant heartbeat;
  private int identity;
  private Instant changedAt = Instant.EPOCH;

  Library(Cabinet cabinet, Duration grace, Consumer<String> fault) {
    this.cabinet = cabinet;
    this.grace = grace;
    this.fault = fault;
  }

  /** Keeps what a copy of the store would keep. */
  record Copy(Map<String, Memo> memos, @Nullable Instant heartbeat, int identity) {}

  Copy copy() {
    return new Copy(Map.copyOf(memos), heartbeat, identity);
  }

  void restore(Copy copy) {
    memos = new TreeMap<>(copy.memos());
    shown = new TreeMap<>(memos);
    heartbeat = copy.heartbeat();
    identity = copy.identity();
  }

  void forgetAll() {
    restore(new Copy(Map.of(), null, cabinet.identity()));
  }

  /** Begins another life of the daemon, which has seen no file yet. */
  void restarted() {
    firstSeen.clear();
    agreed.clear();
    firstScan = true;
  }

  void beat(Instant now) {
    heartbeat = now;
  }

  /** Lets the next writing count or drop these, as a person said so. */
  void release(List<String> names) {
    released.addAll(names);
  }

  /** Lists what is known, by name, as of the last scan. */
  Map<String, Memo> shown() {
    return shown;
  }

  List<Paper> strays() {
    return strays;
  }

  Instant changedAt() {
    return changedAt;
  }

  /** Follows a scan of the folder as it is at this moment. */
  void scanned(Instant now) {
    pending = new TreeMap<>(memos);
    strays.clear();
    if (!cabinet.isThere()) {
      firstSeen.clear();
      agreed.clear();
      pending.replaceAll((name, memo) -> memo.counted() ? memo : memo.gone(now, true));
      show(pending);
      return;
    }
    Map<String, Cabinet.Sheet> settled = settled(now);
    Map<String, Integer> uses = new HashMap<>();
    settled.values().stream()
        .flatMap(sheet -> Stream.ofNullable(sheet.paper().draft()))
        .forEach(draft -> uses.merge(draft.name(), 1, Integer::sum));
    Set<String> accounted = new HashSet<>();
    settled.forEach(
        (file, sheet) -> {
          Paper.Draft draft = sheet.paper().draft();
          if (draft != null && uses.getOrDefault(draft.name(), 0) == 1) {
            pending.put(draft.name(), Memo.good(draft, file));
            accounted.add(draft.name());
          }
        });
    List<Paper.Draft> good =
        pending.values().stream()
            .map(Memo::draft)
            .filter(draft -> accounted.contains(draft.name()))
            .toList();
    boolean empty = cabinet.sheets().isEmpty();
    boolean other = cabinet.identity() != identity;
    boolean stale =
        firstScan
            && heartbeat != null
            && (heartbeat.isAfter(now) || heartbeat.plus(STALE).isBefore(now));
    long uncounted =
        pending.values().stream()
            .filter(memo -> !memo.counted())
            .filter(memo -> !memo.draft().isWithin(good))
            .count();
    for (Map.Entry<String, Memo> entry : pending.entrySet()) {
      Memo memo = entry.getValue();
      if (accounted.contains(entry.getKey())) {
        continue;
      }
      boolean isInDoubt =
          (cabinet.sheets().containsKey(memo.file()) && isItsOwn(memo, settled))
              || uses.getOrDefault(entry.getKey(), 0) > 1
              || namesBroken(entry.getKey(), settled);
      if (isInDoubt) {
        entry.setValue(memo.doubted(now));
      } else {
        boolean hold =
            other
                || (stale && memo.goneSince() == null)
                || (empty && uncounted >= 2)
                || memo.draft().onDelete().equals("hold");
        entry.setValue(memo.gone(now, hold && !memo.counted()));
      }
    }
    settled.forEach(
        (file, sheet) -> {
          boolean isAccounted =
              pending.values().stream()
                  .anyMatch(memo -> memo.doubtSince() != null && memo.file().equals(file));
          if (sheet.paper().draft() == null && !isAccounted) {
            strays.add(sheet.paper());
          }
        });
    show(pending);
    firstScan = false;
  }

  /** A file that holds another policy now speaks no more of the one before. */
  private static boolean isItsOwn(Memo memo, Map<String, Cabinet.Sheet> settled) {
    Cabinet.Sheet sheet = settled.get(memo.file());
    return sheet == null || sheet.paper().draft() == null;
  }

  private static boolean namesBroken(String name, Map<String, Cabinet.Sheet> settled) {
    return settled.values().stream()
        .anyMatch(
            sheet ->
                sheet.paper().draft() == null
                    && sheet.paper().text().startsWith("name: " + name + "\n"));
  }

  private void show(Map<String, Memo> now) {
    shown = new TreeMap<>(now);
  }

  private Map<String, Cabinet.Sheet> settled(Instant now) {
    Map<String, Cabinet.Sheet> settled = new TreeMap<>();
    Set<Long> present = new HashSet<>();
    cabinet
        .sheets()
        .forEach(
            (file, sheet) -> {
              present.add(sheet.revision());
              Instant first = firstSeen.computeIfAbsent(sheet.revision(), key -> now);
              if (!now.isBefore(first.plus(SETTLE)) || agreed.contains(sheet.revision())) {
                agreed.add(sheet.revision());
                settled.put(file, sheet);
              }
            });
    firstSeen.keySet().retainAll(present);
    return settled;
  }

  /** Follows the daemon in writing its book: what it lets count or drops must be in its right. */
  void saved(PolicyBook book, Instant now) {
    Map<String, Memo> next = new TreeMap<>();
    for (KnownPolicy known : book.policies()) {
      Memo memo = shown.get(known.name());
      if (memo == null) {
        continue;
      }
      if (known.presence() == Presence.COUNTED && !memo.counted()) {
        Memo before = memos.get(known.name());
        // A file that is back but has not settled changes nothing that is written down.
        if (before != null && before.counted()) {
          memo = before;
        } else {
          judgeCounting(known.name(), memo, now);
          memo = memo.counting();
        }
      }
      next.put(known.name(), memo);
    }
    shown.forEach(
        (name, memo) -> {
          if (!next.containsKey(name)) {
            judgeForgetting(name, memo, now);
          }
        });
    if (!next.equals(memos)) {
      changedAt = now;
    }
    memos = next;
    shown = new TreeMap<>(next);
    released.clear();
    if (cabinet.isThere()) {
      identity = cabinet.identity();
    }
  }

  private void judgeCounting(String name, Memo memo, Instant now) {
    if (released.contains(name)) {
      return;
    }
    Instant gone = memo.goneSince();
    if (gone == null) {
      fault.accept("the deletion of " + name + " counts although its file is there: " + memo);
    } else if (memo.mustBeHeld()) {
      fault.accept("the deletion of " + name + " counts although it must be held: " + memo);
    } else if (now.isBefore(gone.plus(grace))) {
      fault.accept("the deletion of " + name + " counts within its grace: " + memo);
    }
  }

  private void judgeForgetting(String name, Memo memo, Instant now) {
    if (memo.counted() || released.contains(name)) {
      return;
    }
    List<Paper.Draft> good =
        shown.values().stream()
            .filter(one -> one.inDoubtSince() == null && !one.counted())
            .map(Memo::draft)
            .toList();
    Instant gone = memo.goneSince();
    boolean isOver = gone != null && !now.isBefore(gone.plus(grace));
    boolean mayForget = isOver && memo.draft().onDelete().equals("forget") && !memo.mustBeHeld();
    if (gone == null || !(mayForget || memo.draft().isWithin(good))) {
      fault.accept("policy " + name + " is dropped although nothing allows it: " + memo);
    }
  }
}
