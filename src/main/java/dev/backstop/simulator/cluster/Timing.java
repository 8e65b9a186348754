package dev.backstop.simulator.cluster;

import java.time.Duration;

/**
 * Says how long things take (docs/oceanbase.md#timing).
 *
 * @param step from a wake-up, or a step that succeeded, to the end of the next pass
 * @param setIdle how long the backup-set scheduler sleeps, {@code _backup_idle_time}
 * @param pieceIdle how long the archive and piece scheduler sleeps when {@code
 *     backup_backup_dest_option} sets no checkpoint interval
 * @param setCopy how long copying the sets of one job takes
 * @param pieceCopy how long copying the pieces of one job takes
 * @param residue how long observers go on copying after a cancel
 */
public record Timing(
    Duration step,
    Duration setIdle,
    Duration pieceIdle,
    Duration setCopy,
    Duration pieceCopy,
    Duration residue) {

  /** Checks that time passes. */
  public Timing {
    for (Duration each : new Duration[] {step, setIdle, pieceIdle, setCopy, pieceCopy}) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException("a duration of " + each + " is not above zero");
      }
    }
  }

  /** Returns the server's own times, with copies that go on for half a day. */
  public static Timing standard() {
    return new Timing(
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofHours(12),
        Duration.ofHours(12),
        Duration.ofMinutes(2));
  }

  /** Returns the same with passes that take that long. */
  public Timing withStep(Duration other) {
    return new Timing(other, setIdle, pieceIdle, setCopy, pieceCopy, residue);
  }

  /** Returns the same with schedulers that sleep that long. */
  public Timing withIdle(Duration set, Duration piece) {
    return new Timing(step, set, piece, setCopy, pieceCopy, residue);
  }

  /** Returns the same with copies that take that long. */
  public Timing withCopies(Duration set, Duration piece) {
    return new Timing(step, setIdle, pieceIdle, set, piece, residue);
  }
}
