package dev.backstop.jdbc;

import org.jspecify.annotations.Nullable;

/** Searches the causes of an exception. */
public final class Causes {

  private static final int MAX_DEPTH = 10;

  private Causes() {}

  /** Returns the first of a type, starting with the exception itself; null where there is none. */
  public static <T extends Throwable> @Nullable T first(Throwable e, Class<T> type) {
    Throwable current = e;
    for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
      if (type.isInstance(current)) {
        return type.cast(current);
      }
      current = current.getCause();
    }
    return null;
  }
}
