package dev.backstop.config;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs whatever the content of a file can set off, and turns what is thrown into a mistake of that
 * file at the place that was reached, so that no file keeps the others from being read.
 */
final class ContentBoundary {

  private ContentBoundary() {}

  /**
   * Returns what a step gives; null where it gives nothing or throws, which is noted.
   *
   * @throws OutOfMemoryError alone: it is the process's fault, not the file's
   */
  static <T> @Nullable T within(Problems problems, Supplier<@Nullable T> step) {
    try {
      return step.get();
    } catch (OutOfMemoryError exhausted) {
      throw exhausted;
    } catch (Throwable thrown) {
      // Its own message may quote the file, and with it a credential.
      problems.atPlace(
          "can't be read: it sets off a fault of this program ("
              + thrown.getClass().getSimpleName()
              + "); write it otherwise, and please report it");
      return null;
    }
  }
}
