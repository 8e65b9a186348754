package dev.backstop.policy;

import dev.backstop.observation.ClockJumps;
import java.time.Instant;
import java.util.Map;

/**
 * Holds what a ruling depends on besides the folder and what was known of it.
 *
 * @param configured what the configuration says
 * @param staleStart whether this is the first scan after a start whose last heartbeat is over 24 h
 *     old or in the future
 * @param jumps how the clock jumped, so that the grace goes by the time that has passed
 * @param changing since when the files of some policies have been changing under the reader's eyes,
 *     which no book tells
 */
public record Circumstances(
    Configured configured, boolean staleStart, ClockJumps jumps, Map<String, Instant> changing) {

  /** Copies its collections. */
  public Circumstances {
    changing = Map.copyOf(changing);
  }

  /** Describes a ruling before which no file was changing. */
  public Circumstances(Configured configured, boolean staleStart, ClockJumps jumps) {
    this(configured, staleStart, jumps, Map.of());
  }
}
