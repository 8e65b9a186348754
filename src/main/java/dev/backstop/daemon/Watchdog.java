package dev.backstop.daemon;

import dev.backstop.supervision.Supervisor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Detects a loop that hangs, after {@code /livez} has failed for as long again.
 *
 * <p>It counts its own turns, not the time: a process that was stopped, or a machine that slept,
 * gets as long as a running one.
 */
final class Watchdog {

  /** The time between two checks. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Twice the silence after which {@code /livez} fails. */
  private static final long MOST_CHECKS =
      Supervisor.LONGEST_SILENCE.multipliedBy(2).dividedBy(INTERVAL);

  private final Supervisor supervisor;
  private final Map<String, Long> lastTurns = new HashMap<>();
  private final Map<String, Long> silence = new HashMap<>();

  Watchdog(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /** Returns which loop hangs; empty where none does. */
  Optional<String> check() {
    Map<String, Long> turns = supervisor.turns();
    silence.keySet().retainAll(turns.keySet());
    turns.forEach(
        (loop, ended) -> {
          boolean isSilent = ended.equals(lastTurns.put(loop, ended));
          silence.put(loop, isSilent ? silence.getOrDefault(loop, 0L) + 1 : 0);
        });
    return silence.entrySet().stream()
        .filter(loop -> loop.getValue() >= MOST_CHECKS)
        .map(
            loop ->
                "loop %s has not ended a turn without a fault for %s s; the daemon ends, to be started again"
                    .formatted(loop.getKey(), loop.getValue()))
        .findFirst();
  }
}
