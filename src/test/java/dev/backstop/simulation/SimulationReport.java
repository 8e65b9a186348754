package dev.backstop.simulation;

import java.util.Locale;
import java.util.Map;

/** Writes what a long run counted as Markdown tables. */
final class SimulationReport {

  private static final double YEAR_SECONDS = 365.25 * 24 * 3600;

  private final Totals counts;
  private final StringBuilder text = new StringBuilder();

  private SimulationReport(Totals counts) {
    this.counts = counts;
  }

  static String of(Totals counts) {
    SimulationReport account = new SimulationReport(counts);
    account.head();
    account.table("Troubles that took effect", "trouble", counts.under("trouble"));
    account.table("Faults of servers that took effect", "fault", counts.under("fault"));
    account.table("Statements that reached a server", "statement", counts.under("statement"));
    account.table(
        "Vetoes: looks at which a guard was why something unwelcome was not stopped",
        "guard",
        counts.under("veto"));
    account.table("Held sets, by reason", "reason", counts.under("held"));
    account.exposure();
    account.failures();
    return account.text.toString();
  }

  private void head() {
    double seconds = counts.of("nanos") / 1e9;
    line("| | |");
    line("|---|---|");
    row("stories", counts.of("seeds"));
    row("of these with a fault found", counts.failures().size());
    line("| seconds | %,.0f |", seconds);
    line("| stories a second | %.1f |", counts.of("seeds") / seconds);
    row("looks", counts.of("looks"));
    row("statements", counts.of("sent"));
    line("| virtual cluster-years | %.2f |", counts.of("time.cluster.seconds") / YEAR_SECONDS);
  }

  private void table(String title, String what, Map<String, Long> counts) {
    line("");
    line("**%s**", title);
    line("");
    line("| %s | times |", what);
    line("|---|---|");
    counts.forEach((name, count) -> row("`" + name + "`", count));
  }

  /** Prints how old the truth was on which a statement reached the server. */
  private void exposure() {
    line("");
    line("**Exposure: from the look's answer to the statement at the server, in virtual time**");
    line("");
    line("| up to | statements |");
    line("|---|---|");
    counts.under("exposure.ms").entrySet().stream()
        .sorted((one, other) -> Long.compare(bound(one.getKey()), bound(other.getKey())))
        .forEach(
            entry -> {
              boolean isMore = entry.getKey().equals("more");
              row(isMore ? "more" : entry.getKey() + " ms", entry.getValue());
            });
  }

  private static long bound(String millis) {
    return millis.equals("more") ? Long.MAX_VALUE : Long.parseLong(millis);
  }

  private void failures() {
    if (counts.failures().isEmpty()) {
      return;
    }
    line("");
    line("**Stories with a fault found**");
    line("");
    line("| seed | first fault |");
    line("|---|---|");
    counts
        .failures()
        .forEach((seed, fault) -> line("| %d | %s |", seed, shortened(fault.replace("|", "/"))));
  }

  private static String shortened(String fault) {
    return fault.length() <= 160 ? fault : fault.substring(0, 157) + "...";
  }

  private void row(String name, long count) {
    line("| %s | %,d |", name, count);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
