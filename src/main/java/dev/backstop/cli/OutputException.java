package dev.backstop.cli;

/** Thrown where nothing reads the output any more. */
final class OutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;
}
