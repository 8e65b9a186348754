package dev.backstop.secret;

/** Thrown where a secret can't be read; the message says what to do. */
public final class SecretException extends Exception {

  private static final long serialVersionUID = 1L;

  SecretException(String message) {
    super(message);
  }
}
