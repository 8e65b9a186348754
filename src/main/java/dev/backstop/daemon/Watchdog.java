package dev.backstop.daemon;

import dev.backstop.supervision.Supervisor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells when a loop is beyond hope: {@code /livez} has then long said so, and nobody acted on it.
 *
 * <p>It counts its own turns, not the time: a process that was stopped, or a machine that slept, is
 * given as long as it takes to go round again.
 */
final class Watchdog {

  /** How often it looks. */
  static final Duration TURN = Duration.ofSeconds(1);

  /** Twice the silence after which {@code /livez} fails. */
  private static final long PATIENCE = Supervisor.LONGEST_SILENCE.multipliedBy(2).dividedBy(TURN);

  private final Supervisor supervisor;
  private final Map<String, Long> lastTurns = new HashMap<>();
  private final Map<String, Long> silence = new HashMap<>();

  Watchdog(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /** Looks once; returns in words which loop does not go on, empty while all do. */
  Optional<String> look() {
    Map<String, Long> turns = supervisor.turns();
    silence.keySet().retainAll(turns.keySet());
    turns.forEach(
        (loop, ended) -> {
          boolean isSilent = ended.equals(lastTurns.put(loop, ended));
          silence.put(loop, isSilent ? silence.getOrDefault(loop, 0L) + 1 : 0);
        });
    return silence.entrySet().stream()
        .filter(loop -> loop.getValue() >= PATIENCE)
        .map(
            loop ->
                "loop %s has not ended a turn without a fault for %s s; the daemon ends, to be started again"
                    .formatted(loop.getKey(), loop.getValue()))
        .findFirst();
  }
}
