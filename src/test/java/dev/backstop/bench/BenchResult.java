package dev.backstop.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What one run on a fleet measured.
 *
 * @param program which program it was; empty for this one
 * @param clusters how many were looked at
 * @param intervalSeconds how often each was due
 * @param looksPerSecond how many looks the daemon did
 * @param ourMillis CPU of the daemon for one look, everything else that it does included
 * @param bareMillis CPU of the bare loop for one query
 * @param clientMillis CPU of {@code mariadb -e} for one query
 * @param ourP99 how late the daemon's looks came, in milliseconds
 * @param bareP99 how late the loop's queries came, in milliseconds
 * @param share of one core that the daemon took, in percent
 * @param residentMegabytes of the daemon
 * @param page what its page of metrics took
 * @param status what {@code status} took
 * @param oneStatus what {@code status} of one cluster took
 */
record BenchResult(
    String program,
    int clusters,
    int intervalSeconds,
    double looksPerSecond,
    double ourMillis,
    double bareMillis,
    OptionalDouble clientMillis,
    double ourP99,
    double bareP99,
    double share,
    long residentMegabytes,
    Scrape.Timing page,
    CommandTime status,
    CommandTime oneStatus) {

  /** The columns, in the order of {@link #row}. */
  static final List<String> COLUMNS =
      List.of(
          "clusters / interval",
          "looks a second",
          "CPU a look: ours / bare / client, ms",
          "ours : bare",
          "p99 lateness: ours / bare, ms",
          "share of a core",
          "resident",
          "`/metrics`, compressed",
          "`status`: all / one (CPU)");

  /** Returns how many times the bare loop's CPU a look takes. */
  double ratio() {
    return ourMillis / bareMillis;
  }

  /** Returns the cells. */
  List<String> row() {
    return List.of(
        "%s / %s s%s".formatted(clusters, intervalSeconds, program),
        text("%.0f", looksPerSecond),
        text("%.2f / %.2f / ", ourMillis, bareMillis) + BenchCommands.text(clientMillis),
        text("%.1f", ratio()),
        text("%.0f / %.0f", ourP99, bareP99),
        text("%.1f %%", share),
        residentMegabytes + " MB",
        "%s ms, %s KB".formatted(page.millis(), page.kilobytes()),
        "%s / %s ms".formatted(status.text(), oneStatus.text()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
