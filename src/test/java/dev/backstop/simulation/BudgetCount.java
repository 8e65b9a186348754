package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Counts by itself which clusters an edit newly stops: a job that a look saw running unforbidden
 * and a later one forbidden.
 */
final class BudgetCount {

  /** A few minutes less than the hour: a crash may lie between a look and its being written. */
  private static final Duration WINDOW = Duration.ofMinutes(57);

  private static final Duration HOUR_AND_MORE = Duration.ofMinutes(63);

  private final int limit;
  private final Map<String, Set<String>> innocent = new HashMap<>();
  private final Map<String, Map<String, Newly>> turned = new HashMap<>();
  private final Map<String, Instant> charged = new HashMap<>();

  BudgetCount(int limit) {
    this.limit = limit;
  }

  /**
   * Says what became of a running job.
   *
   * @param job told apart from every other of its kind
   * @param forbidden whether it is forbidden
   * @param before tells whether what was said of it at the look before forbids it at any later
   *     time, as a window has closed or a runtime has ended: that is no edit's
   */
  record Turn(TrueJob job, Answer forbidden, Function<TrueJob, Answer> before) {}

  private record Newly(Instant at, Function<TrueJob, Answer> before) {}

  /**
   * Takes in a written look at one kind.
   *
   * @param editedAt when what forbids it last changed: what it did at a look before, nobody asked
   */
  void looked(String cluster, boolean data, List<Turn> jobs, Instant at, Instant editedAt) {
    Set<String> before = innocent.computeIfAbsent(cluster, key -> new HashSet<>());
    Map<String, Newly> newly = turned.computeIfAbsent(cluster, key -> new HashMap<>());
    Set<String> running = new HashSet<>();
    for (Turn turn : jobs) {
      String job = name(data, turn.job());
      running.add(job);
      switch (turn.forbidden()) {
        case NO -> {
          if (at.isAfter(editedAt)) {
            before.add(job);
          }
          newly.remove(job);
        }
        case YES -> {
          if (before.remove(job)) {
            newly.put(job, new Newly(at, turn.before()));
          }
        }
        case MAYBE -> {
          // It may be permitted again, until a limit ends it (seed 12056623).
          before.remove(job);
          newly.remove(job);
        }
      }
    }
    String kind = data ? "d" : "l";
    before.removeIf(job -> job.startsWith(kind) && !running.contains(job));
    newly.keySet().removeIf(job -> job.startsWith(kind) && !running.contains(job));
  }

  private static String name(boolean data, TrueJob job) {
    return (data ? "d" : "l") + job.id();
  }

  /** A person looked at what a cluster's edits would stop, or let a deletion there count. */
  void attended(String cluster) {
    turned.remove(cluster);
    innocent.remove(cluster);
  }

  /** The store is another one: what was admitted is forgotten. */
  void forget() {
    charged.clear();
    turned.clear();
  }

  /**
   * Charges a cluster for a stop of these jobs; tells whether that is more than an hour may see.
   *
   * @param seenAt the first look after the last edit, which may have permitted them meanwhile
   */
  boolean isExceededBy(
      String cluster,
      boolean data,
      List<TrueJob> jobs,
      Instant seenAt,
      ExpectedPolicies.Judge judge) {
    Map<String, Newly> newly = turned.getOrDefault(cluster, Map.of());
    Instant at = null;
    for (TrueJob job : jobs) {
      Newly one = newly.get(name(data, job));
      if (one == null) {
        continue;
      }
      if (one.before().apply(job) != Answer.NO) {
        // What was stopped without the edit is not the edit's later either (seed 12027062).
        newly.remove(name(data, job));
      } else if (at == null || one.at().isBefore(at)) {
        at = one.at();
      }
    }
    if (limit == 0 || at == null) {
      return false;
    }
    Instant counted = at;
    Instant before = charged.get(cluster);
    boolean isCharged = before != null && counted.isBefore(before.plus(HOUR_AND_MORE));
    charged.remove(cluster);
    boolean isFull = isFullAt(counted);
    boolean isFullLater = isFullAt(seenAt);
    charged.put(cluster, isFull && !isFullLater ? seenAt : counted);
    return !isCharged && isFull && isFullLater && !judge.excuses(counted.minus(WINDOW));
  }

  private boolean isFullAt(Instant moment) {
    return charged.values().stream()
            .filter(one -> Duration.between(one, moment).abs().compareTo(WINDOW) < 0)
            .count()
        >= limit;
  }
}
