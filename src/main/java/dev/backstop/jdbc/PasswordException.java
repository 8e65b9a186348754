package dev.backstop.jdbc;

/** Says why a password can't be read and what to do about it; never holds any of it. */
final class PasswordException extends Exception {

  PasswordException(String message) {
    super(message);
  }
}
