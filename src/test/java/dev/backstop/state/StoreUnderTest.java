package dev.backstop.state;

import java.time.Instant;
import java.util.List;

/** A store under test, as two processes have it open. */
interface StoreUnderTest {

  /** Returns the store under test, empty at the beginning of each test. */
  StateStore store();

  /** Returns the same store as another process has it open. */
  StateStore neighbour();

  /** Returns the history as the other process reads it. */
  default List<HistoryEntry> told() {
    return neighbour().history(new HistoryQuery(null, Instant.EPOCH, 1000));
  }
}
