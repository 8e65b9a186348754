package dev.backstop.registry;

/** Thrown where nothing is released, with the reason for the person who asked. */
public final class ApprovalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ApprovalException(String words) {
    super(words);
  }
}
