package dev.backstop.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reading the configuration gave: settings, or every mistake in the file.
 *
 * @param settings the settings; null where there are problems
 * @param problems every mistake in the order of the file; empty where there are settings
 */
public record ConfReading(@Nullable Settings settings, List<Problem> problems) {

  /** Checks that there are either settings or problems. */
  public ConfReading {
    problems = List.copyOf(problems);
    if ((settings == null) == problems.isEmpty()) {
      throw new IllegalArgumentException("either settings or a problem");
    }
  }
}
