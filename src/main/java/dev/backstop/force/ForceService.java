package dev.backstop.force;

import java.time.Duration;

/** Ends every backup of a cluster by force, as far as a person asks for it in so many words. */
public interface ForceService {

  /** Shows what it would end and what must be done after; writes and sends nothing. */
  void show(String cluster, Voice voice);

  /**
   * Does it, or goes on with it where it is on record as sent.
   *
   * @throws ForceRefusedException where it is not done, in words that name the next step
   */
  ForceOutcome act(Order order, Voice voice);

  /**
   * Holds what a person asks for.
   *
   * @param cluster the cluster's name in the configuration, typed twice
   * @param reason why; for history
   * @param evenSo whether it is done without a failed stop on record
   * @param timeout how long to go on until the proof
   */
  record Order(String cluster, String reason, boolean evenSo, Duration timeout) {}

  /** Speaks to the person. */
  interface Voice {

    /** Tells a result. */
    void print(String line);

    /** Tells what happens meanwhile. */
    void say(String line);
  }
}
