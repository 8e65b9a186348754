package dev.backstop.policy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a start comes too long after the last heartbeat to trust what it finds gone. It
 * keeps one promise: nothing that vanished while nobody watched for a day is stopped without a
 * person.
 */
public final class StaleStart {

  /** No heartbeat for longer than this makes a start stale. */
  static final Duration LONGEST_ABSENCE = Duration.ofHours(24);

  private StaleStart() {}

  /**
   * Returns whether deletions that a start notices are held.
   *
   * @param heartbeat the last one, by the wall clock; null where there never was one, which is a
   *     first start and not stale
   */
  public static boolean isStale(@Nullable Instant heartbeat, Instant now) {
    return heartbeat != null
        && (heartbeat.isAfter(now) || heartbeat.plus(LONGEST_ABSENCE).isBefore(now));
  }
}
