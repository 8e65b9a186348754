package dev.backstop.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a daemon costs whose policy files are at rest.
 *
 * @param program which program it was; empty for this one
 * @param files how many there are
 * @param share of one core that the daemon took, in percent
 * @param residentMegabytes of the daemon
 * @param status what {@code backstop status} took
 * @param validate what {@code backstop validate} took
 */
record FilesResult(
    String program,
    int files,
    double share,
    long residentMegabytes,
    CommandTime status,
    CommandTime validate) {

  /** The columns, in the order of {@link #row}. */
  static final List<String> COLUMNS =
      List.of(
          "policy files at rest",
          "share of a core",
          "resident",
          "`status` (CPU)",
          "`validate` (CPU)");

  /** Returns the cells. */
  List<String> row() {
    return List.of(
        files + program,
        String.format(Locale.ROOT, "%.1f %%", share),
        residentMegabytes + " MB",
        status.text() + " ms",
        validate.text() + " ms");
  }
}
