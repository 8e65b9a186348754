package dev.backstop.store;

import dev.backstop.state.Actor;
import dev.backstop.state.RecentLook;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * The daemons and hosts that work on the store. One in a file tells no more of them than its last
 * heartbeat: its lock does.
 */
final class JdbcDaemons {

  private static final int LOOKS_AT_ONCE = 500;

  private final StoreTransactions transactions;
  private final String host;

  JdbcDaemons(StoreTransactions transactions, String host) {
    this.transactions = transactions;
    this.host = host;
  }

  void heartbeat(Actor actor, Instant now, Collection<RecentLook> looks) {
    transactions.change(
        connection -> {
          RegistryTable.heartbeat(connection, actor, now);
          if (transactions.isShared() && actor.isDaemon()) {
            HeartbeatTable.note(connection, actor.daemon());
          }
        });
    // After the sign of life and in parts: each look is a round trip to a server, and a fleet's in
    // one transaction could outlast its timeout, again and again.
    List<RecentLook> all = List.copyOf(looks);
    for (int from = 0; from < all.size(); from += LOOKS_AT_ONCE) {
      List<RecentLook> part = all.subList(from, Math.min(all.size(), from + LOOKS_AT_ONCE));
      transactions.change(connection -> LookTable.write(connection, part));
    }
  }

  boolean isAlive(String daemon, Duration within) {
    return transactions.isShared()
        && transactions.read(connection -> HeartbeatTable.wasSeen(connection, daemon, within));
  }

  OptionalLong lastHeartbeat() {
    return transactions.isShared() ? transactions.read(HeartbeatTable::last) : OptionalLong.empty();
  }

  void endHeartbeats(Actor actor) {
    if (transactions.isShared()) {
      transactions.change(connection -> HeartbeatTable.drop(connection, actor.daemon()));
    }
  }

  boolean isLeftByAnotherHost() {
    return transactions.isShared()
        && transactions.read(HostTable::last).filter(last -> !last.equals(host)).isPresent();
  }

  void takenOver() {
    if (transactions.isShared()) {
      transactions.change(connection -> HostTable.note(connection, host));
    }
  }
}
