package dev.backstop.store.format;

import dev.backstop.policy.FileState;

/** What became of a policy's file, in the words that the store has for it. */
public enum StoredFileState {
  LIVE(FileState.LIVE),
  CHANGING(FileState.CHANGING),
  BROKEN(FileState.BROKEN),
  PENDING(FileState.PENDING),
  HELD(FileState.HELD),
  COUNTED(FileState.COUNTED);

  private final FileState state;

  StoredFileState(FileState state) {
    this.state = state;
  }

  /** Returns the stored word for a state. */
  public static StoredFileState of(FileState state) {
    return switch (state) {
      case LIVE -> LIVE;
      case CHANGING -> CHANGING;
      case BROKEN -> BROKEN;
      case PENDING -> PENDING;
      case HELD -> HELD;
      case COUNTED -> COUNTED;
    };
  }

  FileState state() {
    return state;
  }
}
