package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.HeldText;
import dev.backstop.cli.text.Table;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.command.Application.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code doctor}: checks everything that Backstop needs. */
@Command(
    name = "doctor",
    description = "Connect to every cluster and check all that is needed, with the repair")
final class DoctorCommand extends Verb {

  @Mixin private ClusterChoice choice = new ClusterChoice();

  DoctorCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    List<Check> checks = new ArrayList<>();
    terminal().progress("Checking ...");
    application()
        .doctor(
            choice.names(),
            terminal()::progress,
            check -> {
              checks.add(check);
              terminal().print(lines(check, terminal().coloursOut()));
            });
    terminal().print(summary(checks));
    return checks.stream().allMatch(Check::ok) ? ExitCode.OK : ExitCode.ERROR;
  }

  /** Sums up the checks: the clusters, those that need a repair by name, and all there is to do. */
  static List<String> summary(List<Check> checks) {
    SortedSet<String> clusters = new TreeSet<>();
    SortedSet<String> wrongClusters = new TreeSet<>();
    for (Check check : checks) {
      if (check.isOfCluster()) {
        clusters.add(check.subject());
        if (!check.ok()) {
          wrongClusters.add(check.subject());
        }
      }
    }
    int wrong = (int) checks.stream().filter(check -> !check.ok()).count();
    int warnings = (int) checks.stream().filter(Check::isWarning).count();
    List<String> lines = new ArrayList<>();
    if (!clusters.isEmpty()) {
      lines.add(clusterWords(clusters.size(), wrongClusters));
    }
    lines.add(
        (warnings == 0 ? "" : HeldText.count(warnings, "warning", "warnings") + ". ")
            + (wrong == 0
                ? "All is well."
                : HeldText.count(wrong, "thing needs", "things need") + " a repair."));
    return lines;
  }

  private static String clusterWords(int all, SortedSet<String> wrong) {
    int well = all - wrong.size();
    String sum = HeldText.count(all, "cluster", "clusters") + ": " + well + " well";
    return wrong.isEmpty()
        ? sum
        : sum + ", " + wrong.size() + " in need of a repair: " + String.join(", ", wrong);
  }

  /** Shows one check, in one line. */
  static List<String> lines(Check check, boolean colours) {
    Table table = new Table("");
    String repair = check.repair().isEmpty() ? "" : "; repair: " + check.repair();
    table.row(
        check.ok() ? Cell.of("ok  ", TextStyle.GOOD) : Cell.of("FAIL", TextStyle.BAD),
        Cell.of(check.subject(), TextStyle.STRONG),
        Cell.of(check.what() + ": " + check.words() + repair));
    return table.lines(colours);
  }
}
