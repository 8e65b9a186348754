package dev.backstop.supervision;

/** Thrown where a program does not do what it is run for; the message says what to do. */
public final class ProgramException extends Exception {

  private static final long serialVersionUID = 1L;

  ProgramException(String message) {
    super(message);
  }
}
