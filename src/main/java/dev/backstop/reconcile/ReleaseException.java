package dev.backstop.reconcile;

/** Says why nothing was released, in words for the person who asked. */
public final class ReleaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReleaseException(String words) {
    super(words);
  }
}
