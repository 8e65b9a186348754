package dev.backstop.cli;

/** Says that nobody takes what is written any more, so that going on is of no use. */
final class OutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;
}
