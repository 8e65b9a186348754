package dev.backstop.simulator.sql;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lends engines: as many as queries run at once, a few of them kept warm. */
final class EnginePool implements AutoCloseable {

  private static final int KEPT = 4;

  private final Deque<Engine> idle = new ArrayDeque<>();
  private boolean closed;

  /** Takes an idle engine or starts one. */
  Engine take() throws SQLException {
    synchronized (this) {
      Engine engine = idle.pollFirst();
      if (engine != null) {
        return engine;
      }
    }
    return Engine.open();
  }

  /** Takes an engine back; one that failed unexpectedly is better closed. */
  void giveBack(Engine engine) throws SQLException {
    synchronized (this) {
      if (!closed && idle.size() < KEPT) {
        idle.addFirst(engine);
        return;
      }
    }
    engine.close();
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    while (!idle.isEmpty()) {
      idle.removeFirst().close();
    }
  }
}
