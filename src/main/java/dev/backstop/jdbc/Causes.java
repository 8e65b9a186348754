package dev.backstop.jdbc;

import org.jspecify.annotations.Nullable;

/** Looks behind an exception for what caused it. */
final class Causes {

  private static final int DEEPEST = 10;

  private Causes() {}

  /** Returns the first of a type, the exception itself included; null where there is none. */
  static <T extends Throwable> @Nullable T first(Throwable e, Class<T> type) {
    Throwable at = e;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
