package dev.backstop.simulator.sql;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Describes who may log in, and what for.
 *
 * @param user the name without its tenant
 * @param tenant {@code sys} for the system tenant
 * @param password in the clear, empty for none; shown by no method but its accessor
 * @param mayAlterSystem whether the account holds ALTER SYSTEM
 * @param deniedTables tables and views that it may not read, lower case, without their schema
 */
public record Account(
    String user, String tenant, String password, boolean mayAlterSystem, Set<String> deniedTables) {

  /** Copies the tables, in lower case. */
  public Account {
    deniedTables =
        deniedTables.stream()
            .map(table -> table.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Describes an account with every right in its tenant. */
  public static Account administrator(String user, String tenant, String password) {
    return new Account(user, tenant, password, true, Set.of());
  }

  /** Describes an account that only reads, and not everything (docs/oceanbase.md#privileges). */
  public static Account reader(
      String user, String tenant, String password, Set<String> deniedTables) {
    return new Account(user, tenant, password, false, deniedTables);
  }

  /** Returns the login name as a client of an OBServer gives it. */
  public String login() {
    return user + "@" + tenant;
  }

  @Override
  public String toString() {
    return login();
  }
}
