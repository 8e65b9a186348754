package dev.backstop.policy;

/** State of a known policy's file. */
public enum FileState {
  /** Its file is there and good. */
  LIVE,
  /** Its file is there with bytes that have not settled: it protects, and starts no new stop. */
  CHANGING,
  /** Its file is there and broken: its last good version protects, and starts no new stop. */
  BROKEN,
  /** Its file is gone, and the deletion has not counted yet. */
  PENDING,
  /** Its file is gone, and the deletion waits for a person. */
  HELD,
  /** Its file is gone and that counts: off for what it covered, until proven. */
  COUNTED;

  /** Returns whether the file is gone and that has not counted yet. */
  public boolean isUncountedDeletion() {
    return this == PENDING || this == HELD;
  }

  /** Returns whether the file is there, in whatever shape. */
  public boolean hasFile() {
    return this == LIVE || this == CHANGING || this == BROKEN;
  }
}
