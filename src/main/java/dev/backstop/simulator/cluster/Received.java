package dev.backstop.simulator.cluster;

import java.time.Instant;

/**
 * Is one ALTER SYSTEM statement that reached the cluster.
 *
 * @param statement its words; of a SET it may hold access keys
 * @param tenant the session's tenant
 */
public record Received(Instant time, String statement, String tenant, Reply reply) {

  /** Never shows the statement, which may hold access keys. */
  @Override
  public String toString() {
    return "Received[" + time + ", " + tenant + ", " + reply.error() + "]";
  }
}
