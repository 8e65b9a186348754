package dev.backstop.jdbc;

import java.io.IOException;
import java.util.Optional;

/** Says what a server said that no server may say; the connection is of no use afterwards. */
public final class BadAnswerException extends IOException {

  BadAnswerException(String message) {
    super(message);
  }

  /** Returns what was wrong with the answer behind a failure, in words; empty where nothing was. */
  public static Optional<String> words(Throwable failure) {
    return Optional.ofNullable(Causes.first(failure, BadAnswerException.class))
        .map(Throwable::getMessage);
  }
}
