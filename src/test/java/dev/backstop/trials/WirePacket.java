package dev.backstop.trials;

import java.util.Locale;

/**
 * One packet at the wire proxy.
 *
 * @param number counts the packets of clients from 1, over all connections; an answer has the
 *     number of the packet that it answers
 * @param connection counts the connections from 1
 * @param fromClient whether a client sent it
 * @param sql the statement, as far as it is one; an answer's is that of its question
 * @param nanos when the proxy had it, by {@link System#nanoTime}
 */
record WirePacket(int number, int connection, boolean fromClient, String sql, long nanos) {

  boolean acts() {
    return sql.toUpperCase(Locale.ROOT).contains("ALTER SYSTEM");
  }

  boolean isRequestToAct() {
    return fromClient && acts();
  }

  /** Tells whether it asks, on the connection that will act, who answers there. */
  boolean isAtTheGate() {
    return fromClient && sql.contains("__all_virtual_sys_parameter_stat") && !looks();
  }

  boolean looks() {
    return fromClient && sql.contains("CDB_OB_BACKUP_BACKUPSET_JOB");
  }
}
