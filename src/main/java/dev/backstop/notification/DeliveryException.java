package dev.backstop.notification;

/** Thrown where a message did not arrive; the message says why, without secrets. */
public final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;

  DeliveryException(String message) {
    super(message);
  }
}
