package dev.backstop.simulator.sql;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens SQL sessions on one simulated cluster; safe for several threads. */
public final class SqlServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqlServer.class);

  private final SharedCluster cluster;
  private final EnginePool engines;
  private final Map<String, String> globals = new ConcurrentHashMap<>();

  /** Serves a cluster; starts nothing yet. */
  public SqlServer(SharedCluster cluster) {
    this(cluster, new EnginePool());
  }

  SqlServer(SharedCluster cluster, EnginePool engines) {
    this.cluster = cluster;
    this.engines = engines;
  }

  /** Opens a session of an account that has proven who it is. */
  public SqlSession session(Account account, long id, SessionDirectory directory) {
    return new SqlSession(cluster, engines, globals, account, id, directory);
  }

  /** Starts one engine ahead of the first query. */
  public void warmUp() {
    try {
      engines.giveBack(engines.take());
    } catch (SQLException e) {
      throw new IllegalStateException("The embedded SQL engine does not start: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      engines.close();
    } catch (SQLException e) {
      LOG.warn("An embedded SQL engine did not close: {}", e.getMessage());
    }
  }
}
