package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.HeldText;
import dev.backstop.cli.text.Table;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.command.Application.Check;
import java.util.ArrayList;
import java.util.List;
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
            check -> {
              synchronized (checks) {
                checks.add(check);
                terminal().print(lines(check, terminal().coloursOut()));
              }
            });
    terminal().endProgress();
    synchronized (checks) {
      long wrong = checks.stream().filter(check -> !check.ok()).count();
      terminal()
          .print(
              wrong == 0
                  ? "All is well."
                  : HeldText.count((int) wrong, "thing needs", "things need") + " a repair.");
      return wrong == 0 ? ExitCode.OK : ExitCode.ERROR;
    }
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
