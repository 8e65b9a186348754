package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Immutable state of one session, apart from its variables.
 *
 * @param database the current one, empty for none
 */
record SessionState(
    SharedCluster cluster,
    Account account,
    long id,
    SessionDirectory directory,
    Variables variables,
    String database) {

  SessionState withDatabase(String name) {
    return new SessionState(cluster, account, id, directory, variables, name);
  }

  /** Returns all tables and views that the session may select from. */
  List<Table> tables() {
    return cluster.look(List.of(), account.tenant()).tables();
  }

  /** Returns the names of all databases, in the order of SHOW DATABASES. */
  Set<String> databases() {
    Set<String> names = new TreeSet<>(Set.of("oceanbase", "information_schema", "mysql", "test"));
    tables().forEach(table -> names.add(table.schema()));
    return names;
  }
}
