package dev.backstop.timeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe clock of the time that somebody watched.
 *
 * <p>All processes on one store share a timeline: each notes in the store how far it has come, and
 * takes the later of the two up. Between two notes it adds the time that passes, by clocks that
 * nobody can set. What nobody watched counts for nothing, so a wait can only get longer.
 */
public final class Timeline {

  /**
   * How far a process may be ahead of the store's note, and so of every other process: of time that
   * it could not note, no more counts.
   */
  public static final Duration LONGEST_LEAD = Duration.ofSeconds(2);

  private final ElapsedTime elapsed;
  private final Duration longestLead;
  private final String boot;
  private TimelineInstant noted;
  private TimelineInstant now;
  private ElapsedTime.Reading last;
  private TimelineInstant start;
  private boolean hasFollowed;
  private @Nullable TimelineNote own;
  private long notesOfOthers;
  private ElapsedTime.Reading startReading;

  private Timeline(TimelineInstant noted, ElapsedTime elapsed, Duration longestLead) {
    this.elapsed = elapsed;
    this.longestLead = longestLead;
    this.boot = elapsed.boot();
    this.noted = noted;
    this.now = noted;
    this.last = elapsed.read();
    this.start = noted;
    this.startReading = last;
  }

  /** Goes on from a store's note by this host's clocks, as a process that writes notes itself. */
  public static Timeline noting(TimelineInstant noted) {
    return noting(noted, ElapsedTime.OF_HOST);
  }

  /** Goes on from a store's note, as a process that writes notes itself. */
  static Timeline noting(TimelineInstant noted, ElapsedTime elapsed) {
    return new Timeline(noted, elapsed, LONGEST_LEAD);
  }

  /** Goes on from an instant as a process that holds no lease and writes no notes. */
  public static Timeline from(TimelineInstant start, ElapsedTime elapsed) {
    return new Timeline(start, elapsed, Duration.ofDays(365_000));
  }

  /** Returns the present instant; never an earlier one than before. */
  public synchronized TimelineInstant now() {
    ElapsedTime.Reading reading = elapsed.read();
    if (reading.isBehind(last)) {
      countFrom(now, reading);
    }
    last = reading;
    TimelineInstant farthest = noted.plus(longestLead);
    TimelineInstant next = start.plus(reading.leastSince(startReading));
    if (next.isAfter(farthest)) {
      next = now.orLater(farthest);
      countFrom(next, reading);
    }
    now = now.orLater(next);
    return now;
  }

  /**
   * Takes up what the store has noted, where it is further on. Another process of this boot has
   * come further since, by a time of which the least is known: what is too much would add up.
   *
   * @return the present instant
   */
  public synchronized TimelineInstant follow(TimelineNote note) {
    boolean isNews = !hasFollowed || note.at().isAfter(noted);
    if (isOfOthers(note)) {
      notesOfOthers++;
    }
    hasFollowed = true;
    noted = noted.orLater(note.at());
    TimelineInstant reached = isNews ? note.at().plus(leadSince(note)) : note.at();
    if (reached.isAfter(now())) {
      countFrom(reached, last);
    }
    return now();
  }

  /**
   * Returns whether this process has not stored a note. One that was read while it stored the next
   * is a little older than that; one much older is of another store in the place of the first.
   */
  private boolean isOfOthers(TimelineNote note) {
    return own == null
        || (!note.equals(own)
            && (!note.at().isBefore(own.at())
                || note.at().until(own.at()).compareTo(LONGEST_LEAD) > 0));
  }

  /** Takes up a note that this process itself has stored. */
  public synchronized void followOwn(TimelineNote stored) {
    if (own == null || stored.at().isAfter(own.at())) {
      own = stored;
    }
    follow(stored);
  }

  /**
   * Returns a number that changes whenever a note is followed that this process has not stored:
   * another one has written meanwhile.
   */
  public synchronized long notesOfOthers() {
    return notesOfOthers;
  }

  private Duration leadSince(TimelineNote note) {
    if (!note.boot().equals(boot)) {
      return Duration.ZERO;
    }
    Duration shown = Duration.ofNanos(elapsed.read().uptime() - note.uptime());
    Duration least = shown.minus(elapsed.resolution());
    if (least.isNegative()) {
      return Duration.ZERO;
    }
    return least.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : least;
  }

  /** Returns the note of the present instant, to be stored. */
  public synchronized TimelineNote note() {
    return new TimelineNote(now(), boot, last.uptime());
  }

  /** A sum over many small steps would lose what the kernel's clock is too coarse to tell. */
  private void countFrom(TimelineInstant instant, ElapsedTime.Reading reading) {
    now = instant;
    start = instant;
    startReading = reading;
  }
}
