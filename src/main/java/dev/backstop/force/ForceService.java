package dev.backstop.force;

import java.time.Duration;

/** Ends every backup of a cluster by force, where a person asks for it explicitly. */
public interface ForceService {

  /** Shows what would be ended and what must be done after; writes and sends nothing. */
  void show(String cluster, Output output);

  /**
   * Runs the procedure, or continues it where the forced end is on record as sent.
   *
   * @throws ForceRefusedException where it is refused, with the cause and the next step
   */
  ForceOutcome run(Order order, Output output);

  /**
   * Immutable request of a person.
   *
   * @param cluster the cluster's name in the configuration, typed twice
   * @param reason why; for history
   * @param evenSo whether to run without a failed stop on record
   * @param timeout how long to go on until the proof
   */
  record Order(String cluster, String reason, boolean evenSo, Duration timeout) {}

  /** Shows lines to the person. */
  interface Output {

    /** Shows a line of the result. */
    void result(String line);

    /** Shows a line of progress. */
    void progress(String line);
  }
}
