package dev.backstop.bench;

import java.util.List;
import java.util.Locale;

/**
 * What one run measured.
 *
 * @param clusters how many were looked at
 * @param intervalSeconds how often each was due
 * @param looksPerSecond how many looks the daemon did
 * @param ourMillis CPU of the daemon for one look, everything else that it does included
 * @param bareMillis CPU of the bare loop for one query
 * @param ourP99 how late the daemon's looks began, in milliseconds
 * @param bareP99 how late the loop's queries began, in milliseconds
 * @param share of one core that the daemon took, in percent
 * @param residentMegabytes of the daemon
 * @param metricsMillis how long {@code /metrics} took
 * @param metricsKilobytes how long its answer was, not compressed
 */
record BenchResult(
    int clusters,
    int intervalSeconds,
    double looksPerSecond,
    double ourMillis,
    double bareMillis,
    double ourP99,
    double bareP99,
    double share,
    long residentMegabytes,
    long metricsMillis,
    long metricsKilobytes) {

  /** The columns, in the order of {@link #row}. */
  static final List<String> COLUMNS =
      List.of(
          "clusters / interval",
          "looks a second",
          "CPU per look, ours / bare",
          "p99 lateness, ours / bare",
          "share of a core",
          "resident",
          "/metrics");

  /** Returns how many times the bare loop's CPU a look takes. */
  double ratio() {
    return ourMillis / bareMillis;
  }

  /** Returns the cells. */
  List<String> row() {
    return List.of(
        "%s / %s s".formatted(clusters, intervalSeconds),
        text("%.0f", looksPerSecond),
        text("%.2f / %.2f ms (%.1f)", ourMillis, bareMillis, ratio()),
        text("%.1f / %.1f ms", ourP99, bareP99),
        text("%.1f %%", share),
        residentMegabytes + " MB",
        "%s ms, %s KB".formatted(metricsMillis, metricsKilobytes));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
