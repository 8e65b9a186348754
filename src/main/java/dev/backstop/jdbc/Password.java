package dev.backstop.jdbc;

/**
 * A password as it was read, and when its file was changed.
 *
 * @param text the password itself, for the driver only
 * @param changedAt when its file was last modified, in milliseconds; 0 where there is no file
 */
record Password(String text, long changedAt) {

  /** Returns a text without the password. */
  @Override
  public String toString() {
    return "Password[***]";
  }
}
