package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;

/** Holds the true time and how far the daemon's clock is off; lets events happen as it passes. */
final class VirtualTime {

  /** So far may the clock go back, and lies ahead what was noted before. */
  private static final Duration LONGEST_JUMP = Duration.ofHours(25);

  private Instant now;
  private Duration skew = Duration.ZERO;
  private Events events = Events.NONE;
  private Instant jumpedAt = Instant.MIN;
  private Instant jumpedForwardAt = Instant.MIN;
  private Instant wentBackAt = Instant.MIN;
  private Instant unknownAt = Instant.MIN;
  private Instant foundAt = Instant.MIN;

  /** Happens by the true time, also while a call of the daemon takes its time. */
  interface Events {

    /** Nothing ever happens. */
    Events NONE =
        new Events() {
          @Override
          public Instant next() {
            return Instant.MAX;
          }

          @Override
          public void happen() {
            throw new IllegalStateException("nothing is to happen");
          }
        };

    /** Returns when the next event is due. */
    Instant next();

    /** Lets it happen. */
    void happen();
  }

  VirtualTime(Instant start) {
    now = start;
  }

  void events(Events source) {
    events = source;
  }

  /** Returns the true time. */
  Instant now() {
    return now;
  }

  /** Returns when the next event is due, in true time. */
  Instant nextEvent() {
    return events.next();
  }

  /** Returns what the daemon's clock shows. */
  Instant wall() {
    return now.plus(skew);
  }

  /** Puts the daemon's clock forward or back. */
  void jump(Duration by) {
    skew = skew.plus(by);
    jumpedAt = now;
    if (by.isNegative()) {
      wentBackAt = now;
    } else {
      jumpedForwardAt = now;
    }
  }

  boolean hasJumped() {
    return jumpedAt.isAfter(Instant.MIN);
  }

  /** Returns whether the clock has shown a time twice since. */
  boolean hasGoneBackSince(Instant since) {
    return !wentBackAt.isBefore(since);
  }

  /** Returns whether somebody saw the clock jump since, or found that it had gone back before. */
  boolean hasJumpedSince(Instant since) {
    return !jumpedAt.isBefore(since) || !foundAt.isBefore(since);
  }

  /** A process begins; what the clock did before is nothing that it can know. */
  void somebodyBegan() {
    unknownAt = jumpedForwardAt;
    if (hasJumped() && now.isBefore(jumpedAt.plus(LONGEST_JUMP))) {
      foundAt = now;
    }
  }

  /**
   * Returns whether nobody can know how long ago something was: the clock was put forward since,
   * and a process that measures has begun after that. The one excuse from the true time.
   */
  boolean isBeyondKnowing(Instant since) {
    return !unknownAt.isBefore(since);
  }

  /** Turns an instant of the daemon's clock into the true one, by what the clock shows now. */
  Instant trueTime(Instant wall) {
    return wall.isAfter(Instant.EPOCH.plus(skew)) ? wall.minus(skew) : Instant.EPOCH;
  }

  /** Lets so much time pass. */
  void pass(Duration time) {
    passUntil(now.plus(time));
  }

  /** Lets time pass until then; what is due happens on the way. */
  void passUntil(Instant then) {
    Instant due = events.next();
    while (!due.isAfter(then)) {
      now = due.isAfter(now) ? due : now;
      events.happen();
      due = events.next();
    }
    now = then.isAfter(now) ? then : now;
  }
}
