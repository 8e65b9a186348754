package dev.backstop.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a daemon costs whose policy files are at rest.
 *
 * @param files how many there are
 * @param share of one core that the daemon took, in percent
 * @param residentMegabytes of the daemon
 * @param statusMillis how long {@code backstop status} took, the start of the JVM included
 */
record FilesResult(int files, double share, long residentMegabytes, long statusMillis) {

  /** The columns, in the order of {@link #row}. */
  static final List<String> COLUMNS =
      List.of("policy files at rest", "share of a core", "resident", "status");

  /** Returns the cells. */
  List<String> row() {
    return List.of(
        Integer.toString(files),
        String.format(Locale.ROOT, "%.1f %%", share),
        residentMegabytes + " MB",
        statusMillis + " ms");
  }
}
