package dev.backstop.simulator.cluster;

import java.time.Duration;

/**
 * Describes somebody like OCP who starts again what was stopped (docs/oceanbase.md#ocp).
 *
 * @param after how long after a stop that was complete
 * @param setJob whether a set job is started after set jobs were cancelled
 * @param pieceJobs how many piece jobs are started after piece jobs were cancelled
 * @param archive whether the continuous archive is started after it was stopped
 * @param times how often, for each of the three
 */
public record Comeback(Duration after, boolean setJob, int pieceJobs, boolean archive, int times) {

  /** Starts whatever was stopped, that many times, some time after the stop. */
  public static Comeback ofAll(Duration after, int times) {
    return new Comeback(after, true, 1, true, times);
  }
}
