package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Is since when the jobs of one kind have been seen, by the looks that were written down. */
final class JobAges {

  /** A look that lacked it so close before a window closed tells that a job did not run then. */
  private static final Duration CLOSE = Duration.ofSeconds(2);

  /** A cycle may judge by a time so long before it writes. */
  private static final Duration CYCLE = Duration.ofSeconds(40);

  private static final Duration INSTANT = Duration.ofSeconds(3);

  private final VirtualTime time;
  private final WatchedTime watched;
  private final Map<String, Age> all = new HashMap<>();
  private @Nullable Instant lastLook;
  private @Nullable Instant lastLookWall;
  private @Nullable Instant passedOverWall;
  private boolean isVague;

  /**
   * Is the age of one job.
   *
   * @param seenWall what the clock showed at the first look that showed it
   * @param lackedWall what it showed at the last look before that; null where there was none
   * @param passedWall what it showed at the last look in between that was not written down, as it
   *     showed what the one before did; null where there was none
   * @param since the true time of the earlier one of these
   * @param isVague whether a process may remember something else
   * @param running when a look first showed that it does more than wait; null before
   * @param watchedThen how much time somebody had watched by the latest look that may count as the
   *     first
   */
  private record Age(
      Instant seenWall,
      @Nullable Instant lackedWall,
      @Nullable Instant passedWall,
      Instant since,
      boolean isVague,
      @Nullable Instant running,
      Duration watchedThen) {

    Age vagueSince(Duration watchedNow) {
      return new Age(seenWall, lackedWall, passedWall, since, true, running, watchedNow);
    }
  }

  JobAges(VirtualTime time, WatchedTime watched) {
    this.time = time;
    this.watched = watched;
  }

  /**
   * Takes in a whole look.
   *
   * @param wall what the daemon's clock showed when it began
   */
  void looked(TrueState seen, boolean data, Instant wall) {
    if (isVague) {
      // Who remembers less counts from this look.
      Duration now = watched.until();
      all.replaceAll((job, age) -> age.vagueSince(now));
    }
    Set<String> present = new HashSet<>();
    for (TrueJob job : seen.running(data)) {
      present.add(job.key());
      Age known = all.get(job.key());
      Instant running = job.isStarted() ? seen.began() : null;
      if (known == null) {
        Instant since = lastLook == null ? seen.began() : lastLook;
        all.put(
            job.key(),
            new Age(wall, lastLookWall, passedOverWall, since, isVague, running, watched.until()));
      } else if (known.running() == null && running != null) {
        all.put(
            job.key(),
            new Age(
                known.seenWall(),
                known.lackedWall(),
                known.passedWall(),
                known.since(),
                known.isVague(),
                running,
                watched.until()));
      }
    }
    all.keySet().retainAll(present);
    lastLook = seen.began();
    lastLookWall = wall;
    passedOverWall = null;
    isVague = false;
  }

  /** Takes in a look that was not written down: who took it remembers it, until it ends. */
  void passedOver(Instant wall) {
    passedOverWall = wall;
  }

  /**
   * From now on somebody may remember less: another store, a life that kept nothing in it, or one
   * that was asked nothing of the cluster meanwhile.
   */
  void blur() {
    isVague = true;
  }

  /** Returns whether a job counts as seen before a window closed. */
  Answer isSeenBefore(TrueJob job, Instant closed) {
    Age age = all.get(job.key());
    if (age == null || isVague || age.isVague() || time.hasGoneBackSince(age.since())) {
      return Answer.MAYBE;
    }
    Instant lacked = age.lackedWall();
    if (age.seenWall().isBefore(closed)) {
      return Answer.YES;
    }
    if (lacked != null && lacked.isAfter(closed.minus(CLOSE))) {
      return Answer.NO;
    }
    Instant passed = age.passedWall();
    return passed != null && passed.isAfter(closed.minus(CLOSE)) ? Answer.MAYBE : Answer.YES;
  }

  /** Returns whether a job has run for longer than allowed, by the time that somebody watched. */
  Answer hasRunFor(TrueJob job, Duration most) {
    Age age = all.get(job.key());
    Instant running = age == null ? null : age.running();
    if (age == null || running == null) {
      return Answer.NO;
    }
    if (!isVague && watched.until().minus(age.watchedThen()).compareTo(most.plus(CYCLE)) > 0) {
      return Answer.YES;
    }
    boolean isCloseOrOver =
        Duration.between(running, time.now()).plus(INSTANT).compareTo(most) >= 0;
    return isCloseOrOver ? Answer.MAYBE : Answer.NO;
  }
}
