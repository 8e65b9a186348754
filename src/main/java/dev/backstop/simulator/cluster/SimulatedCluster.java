package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Behaves like one OceanBase cluster as far as secondary backup goes.
 *
 * <p>Not safe for several threads: the caller guards it with a lock of its own. Time comes in with
 * each call and never runs backwards.
 */
public interface SimulatedCluster {

  /** Lets the schedulers do all that they would have done by then. */
  void advance(Instant now);

  /**
   * Performs one ALTER SYSTEM statement (the words, without comments or a closing semicolon) for a
   * session of that tenant, after letting time pass until then.
   *
   * @param tenant the session's tenant, {@code sys} for the system tenant
   */
  Reply alterSystem(String statement, String tenant, Instant now);

  /** Refuses an ALTER SYSTEM statement of an account that has no right to any. */
  default Reply refusal(String statement, String tenant) {
    return Refusal.noPrivilege();
  }

  /**
   * Answers a look that is about to be taken: OK, or the error or cut that the profile brings.
   *
   * @param tables the tables that the query names, lower case, without their schema
   */
  Reply beforeQuery(List<String> tables, String tenant, Instant now);

  /** Lists every view and internal table that a session of that tenant may select from. */
  List<Table> tables(String tenant);

  /**
   * Lists the cluster parameters and their values, credentials included, as SHOW PARAMETERS does.
   */
  Map<String, String> parameters();

  /** Names the tenants by id, the system tenant (1, sys) included. */
  Map<Long, String> tenants();

  /** Tells the versions and names that the cluster shows. */
  ServerVersion version();

  /**
   * Tells whether every query is answered with no row at all just now, the constant ones included:
   * a fault that a client must not read as "nothing runs".
   */
  default boolean answersWithoutRows() {
    return false;
  }

  /** Tells how long a connection may idle before it is dropped, as a proxy does; empty for ever. */
  default Optional<Duration> dropsIdleAfter() {
    return Optional.empty();
  }

  /**
   * Names a server's version as its various probes show it (docs/oceanbase.md#versions).
   *
   * @param number what {@code ob_version()} answers
   * @param comment the variable {@code version_comment}
   * @param full what {@code version()} answers
   * @param handshake the version in the protocol's greeting
   */
  record ServerVersion(String number, String comment, String full, String handshake) {}
}
