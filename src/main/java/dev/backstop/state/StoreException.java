package dev.backstop.state;

/** Thrown where the state store could not be read or written; nothing is sent without it. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Names what failed, with the cause where there is one. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Names what failed. */
  public StoreException(String message) {
    super(message);
  }
}
