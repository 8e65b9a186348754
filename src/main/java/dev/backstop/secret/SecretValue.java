package dev.backstop.secret;

/**
 * A secret as it was read, and when its file was changed.
 *
 * @param text the secret itself
 * @param changedAt when its file was last modified, in milliseconds; 0 where there is no file
 */
public record SecretValue(String text, long changedAt) {

  /** Returns a text without the secret. */
  @Override
  public String toString() {
    return "SecretValue[***]";
  }
}
