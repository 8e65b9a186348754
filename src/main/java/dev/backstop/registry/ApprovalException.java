package dev.backstop.registry;

/** Says why nothing was released, in words for the person who asked. */
public final class ApprovalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ApprovalException(String words) {
    super(words);
  }
}
