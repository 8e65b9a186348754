package dev.backstop.trials;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Writes what the trials came to as a page, with the machine but without its name or paths. */
final class Report {

  private Report() {}

  static List<String> table(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    lines.add("| trial | outcome | seen |");
    lines.add("|---|---|---|");
    findings.forEach(finding -> lines.add(finding.row()));
    return lines;
  }

  static List<String> of(List<String> tables) {
    List<String> lines = new ArrayList<>();
    lines.add("# Last run of the process trials");
    lines.add("");
    lines.add(
        "%s, %d cores, %d GiB of memory, Java %s, %s."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                gibibytes(),
                System.getProperty("java.version"),
                System.getProperty("os.name")));
    lines.add("");
    tables.stream().map(Report::withoutPaths).forEach(lines::add);
    return lines;
  }

  private static long gibibytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize() >> 30
        : 0;
  }

  private static String withoutPaths(String line) {
    return line.replaceAll("/\\S*/backstop-trial\\d+", "").replace("\n", " ");
  }
}
