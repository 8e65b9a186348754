package dev.backstop.store;

import java.util.Optional;

/**
 * Says whether a daemon holds a store's run lock.
 *
 * @param answer what is known
 * @param holder which daemon; empty unless HELD, and where it has not said so
 * @param words why it can't be told; empty unless UNKNOWN
 */
public record LockState(Answer answer, Optional<LockHolder> holder, String words) {

  /** What can be known. */
  public enum Answer {
    HELD,
    FREE,
    /** The lock's file is there and can't be read. */
    UNKNOWN
  }

  static final LockState FREE = new LockState(Answer.FREE, Optional.empty(), "");

  static LockState held(Optional<LockHolder> holder) {
    return new LockState(Answer.HELD, holder, "");
  }

  static LockState unknown(String words) {
    return new LockState(Answer.UNKNOWN, Optional.empty(), words);
  }
}
