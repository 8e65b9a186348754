package dev.backstop.store.format;

import dev.backstop.policy.FileState;

/** What became of a policy's file, in the words that the store has for it. */
public enum StoredFileState {
  LIVE,
  CHANGING,
  BROKEN,
  PENDING,
  HELD,
  COUNTED;

  /** Returns the stored word for a state. */
  public static StoredFileState of(FileState.Phase phase) {
    return switch (phase) {
      case GOOD -> LIVE;
      case CHANGING -> CHANGING;
      case BROKEN -> BROKEN;
      case DELETION_PENDING -> PENDING;
      case DELETION_HELD -> HELD;
      case DELETION_EFFECTIVE -> COUNTED;
    };
  }
}
