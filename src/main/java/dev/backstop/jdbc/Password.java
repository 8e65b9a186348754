package dev.backstop.jdbc;

/**
 * Holds a password as it was read, and what tells it from the one read before.
 *
 * @param text the password itself; goes to the driver and nowhere else
 * @param changedAt when its file was last changed, in milliseconds; 0 where there is no file
 */
record Password(String text, long changedAt) {

  /** Never shows the password. */
  @Override
  public String toString() {
    return "Password[***]";
  }
}
