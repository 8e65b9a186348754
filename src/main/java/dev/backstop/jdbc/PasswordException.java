package dev.backstop.jdbc;

/** Thrown where a password can't be read; the message says what to do. */
final class PasswordException extends Exception {

  PasswordException(String message) {
    super(message);
  }
}
