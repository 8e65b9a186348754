package dev.backstop.simulator.sql;

import java.time.Duration;

/** Holds what one session knows between its statements. */
final class SessionState {

  private final SharedCluster cluster;
  private final Account account;
  private final long id;
  private final SessionDirectory directory;
  private final Variables variables;
  private final Diagnostics diagnostics = new Diagnostics();
  private String database = "";
  private boolean inTransaction;

  SessionState(
      SharedCluster cluster,
      Account account,
      long id,
      SessionDirectory directory,
      Variables variables) {
    this.cluster = cluster;
    this.account = account;
    this.id = id;
    this.directory = directory;
    this.variables = variables;
  }

  SharedCluster cluster() {
    return cluster;
  }

  Account account() {
    return account;
  }

  long id() {
    return id;
  }

  SessionDirectory directory() {
    return directory;
  }

  Variables variables() {
    return variables;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Tells whether BEGIN awaits its COMMIT. */
  boolean isInTransaction() {
    return inTransaction;
  }

  void inTransaction(boolean begun) {
    inTransaction = begun;
  }

  /** Returns the current database, empty for none. */
  String database() {
    return database;
  }

  void use(String name) {
    database = name;
  }

  Duration queryTimeout() {
    return Duration.ofNanos(Math.multiplyExact(variables.number("ob_query_timeout"), 1000));
  }
}
