package dev.backstop.jdbc;

import java.io.IOException;
import java.util.Optional;

/** Thrown where a server breaks the protocol or its limits; the connection is unusable then. */
public final class ProtocolViolationException extends IOException {

  ProtocolViolationException(String message) {
    super(message);
  }

  /** Returns the message of the violation that caused a failure; empty where none did. */
  public static Optional<String> messageOf(Throwable failure) {
    return Optional.ofNullable(Causes.first(failure, ProtocolViolationException.class))
        .map(Throwable::getMessage);
  }
}
