package dev.backstop.store;

import dev.backstop.state.Actor;
import dev.backstop.state.RecentLook;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * The daemons and hosts that work on the store. One in a file tells no more of them than its last
 * heartbeat: its lock does.
 */
final class JdbcDaemons {

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
          LookTable.write(connection, looks);
          if (transactions.isShared() && actor.isDaemon()) {
            HeartbeatTable.note(connection, actor.daemon());
          }
        });
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
