package dev.backstop.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's order to send nothing to a cluster.
 *
 * @param cluster the cluster's name, or {@link #ALL}
 * @param by who
 * @param reason why
 * @param since when
 * @param until when it ends by itself, if as much time has passed as that was away; null until
 *     {@code arm}
 * @param left how much time must still pass, as of when it was read; zero where all has
 */
public record Disarming(
    String cluster,
    String by,
    String reason,
    Instant since,
    @Nullable Instant until,
    Duration left) {

  /** Less apart are two ways to measure the same time. */
  private static final Duration APART = Duration.ofSeconds(5);

  /** Creates a disarming whose end the wall clock alone decides. */
  public Disarming(
      String cluster, String by, String reason, Instant since, @Nullable Instant until) {
    this(cluster, by, reason, since, until, Duration.ZERO);
  }

  /** Stands for every cluster. */
  public static final String ALL = "*";

  /** Returns whether it still holds: until the clock and the time that passed both say no. */
  public boolean holdsAt(Instant now) {
    return until == null || now.isBefore(until) || !left.isZero();
  }

  /** Returns for how long it was meant; zero where it has no end. */
  public Duration length() {
    return until == null || until.isBefore(since) ? Duration.ZERO : Duration.between(since, until);
  }

  /** Returns the same of which so much time must still pass. */
  public Disarming withLeft(Duration time) {
    return new Disarming(cluster, by, reason, since, until, time);
  }

  /** Returns when it will end if the clock goes right from now on; null until {@code arm}. */
  public @Nullable Instant endsAt(Instant now) {
    if (until == null || left.isZero()) {
      return until;
    }
    Instant passed =
        left.compareTo(Duration.between(now, Instant.MAX)) < 0 ? now.plus(left) : until;
    return passed.isAfter(until) ? passed : until;
  }

  /** Returns the same with the end that people are shown now. */
  public Disarming asOf(Instant now) {
    Instant end = endsAt(now);
    boolean isApart = until != null && end != null && end.isAfter(until.plus(APART));
    return isApart ? new Disarming(cluster, by, reason, since, end, left) : this;
  }
}
