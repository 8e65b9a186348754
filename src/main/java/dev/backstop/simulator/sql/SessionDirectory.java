package dev.backstop.simulator.sql;

import java.util.List;

/** Knows the sessions of all clients, for SHOW PROCESSLIST and KILL. */
public interface SessionDirectory {

  /** Lists the sessions that are logged in. */
  List<Entry> sessions();

  /** Ends a session; tells whether there was one with that id. */
  boolean kill(long id);

  /** Ends the statement that a session runs, if any; tells whether there was such a session. */
  boolean killQuery(long id);

  /**
   * Describes one session.
   *
   * @param id the connection's id
   * @param host the client's address and port
   */
  record Entry(long id, Account account, String host, String database) {}
}
