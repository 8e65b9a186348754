package dev.backstop.simulator.wire;

import dev.backstop.simulator.sql.Account;
import java.util.List;
import java.util.Optional;

/**
 * Decides which account a login name means: an OBServer knows {@code user@tenant} only, an OBProxy
 * also {@code user@tenant#cluster[:id]} and {@code cluster:tenant:user}
 * (docs/oceanbase.md#connecting).
 */
public final class Door {

  private static final String SYSTEM = "sys";

  private final Kind kind;
  private final List<Account> accounts;

  /** Names the two kinds of ports. */
  public enum Kind {
    /** A database server's own port. */
    OBSERVER,
    /** A proxy's port. */
    OBPROXY
  }

  /** Lets these accounts in. */
  public Door(Kind kind, List<Account> accounts) {
    this.kind = kind;
    this.accounts = List.copyOf(accounts);
  }

  /** Returns the greeting's version: a proxy shows its own. */
  String greeting(String serverVersion) {
    return switch (kind) {
      case OBSERVER -> serverVersion;
      case OBPROXY -> "5.6.25";
    };
  }

  /**
   * Finds the account of a login name; nothing when there is none, or when the name leads to
   * another cluster.
   */
  Optional<Account> account(String login, String cluster, String clusterId) {
    Name name = kind == Kind.OBSERVER ? Name.direct(login) : Name.routed(login);
    boolean elsewhere =
        (!name.cluster().isEmpty() && !name.cluster().equals(cluster))
            || (!name.clusterId().isEmpty() && !name.clusterId().equals(clusterId));
    if (elsewhere) {
      return Optional.empty();
    }
    return accounts.stream()
        .filter(account -> account.user().equals(name.user()))
        .filter(account -> account.tenant().equals(name.tenant()))
        .findFirst();
  }

  private record Name(String user, String tenant, String cluster, String clusterId) {

    static Name direct(String login) {
      int at = login.indexOf('@');
      return at < 0
          ? new Name(login, SYSTEM, "", "")
          : new Name(login.substring(0, at), login.substring(at + 1), "", "");
    }

    static Name routed(String login) {
      String[] colons = login.split(":", -1);
      if (colons.length == 3 && !login.contains("@")) {
        return new Name(colons[2], colons[1], colons[0], "");
      }
      int hash = login.indexOf('#');
      if (hash < 0) {
        return direct(login);
      }
      Name name = direct(login.substring(0, hash));
      String target = login.substring(hash + 1);
      int colon = target.indexOf(':');
      return colon < 0
          ? new Name(name.user(), name.tenant(), target, "")
          : new Name(
              name.user(), name.tenant(), target.substring(0, colon), target.substring(colon + 1));
    }
  }
}
