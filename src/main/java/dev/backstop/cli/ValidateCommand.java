package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.HeldText;
import dev.backstop.cli.text.Table;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.command.Validation;
import dev.backstop.command.Validation.ScheduleRuns;
import dev.backstop.command.Validation.WindowEdges;
import dev.backstop.text.Times;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verb {@code validate}: checks files. */
@Command(
    name = "validate",
    description = "Check the configuration and policies without any database")
final class ValidateCommand extends Verb {

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Policy files; default: the configuration and the whole policy folder")
  private List<Path> files = new ArrayList<>();

  ValidateCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    List<Path> chosen = files.stream().map(session()::resolve).toList();
    Validation validation = application().validate(chosen);
    terminal().print(lines(validation, terminal().coloursOut()));
    validation.warnings().forEach(terminal()::warn);
    if (validation.problems().isEmpty()) {
      return ExitCode.OK;
    }
    validation.problems().forEach(problem -> terminal().say(Cell.of(problem).text()));
    terminal().say(HeldText.count(validation.problems().size(), "mistake", "mistakes") + " found.");
    return ExitCode.INVALID_FILE;
  }

  /** Shows when each good policy looks next. */
  static List<String> lines(Validation validation, boolean colours) {
    Map<String, List<WindowEdges>> windows =
        validation.windows().stream().collect(Collectors.groupingBy(WindowEdges::policy));
    List<String> lines = new ArrayList<>();
    for (ScheduleRuns schedule : validation.schedules()) {
      Table head = new Table("");
      head.row(
          Cell.of(schedule.policy(), TextStyle.STRONG),
          Cell.of("in " + schedule.file()),
          Cell.of("looks " + by(schedule) + schedule.schedule() + ", next:"));
      lines.addAll(head.lines(colours));
      Table runs = new Table("  ");
      schedule.runs().forEach(run -> runs.row(Times.withOffset(run), run.getZone().getId()));
      if (schedule.runs().isEmpty()) {
        runs.row("never again");
      }
      lines.addAll(runs.lines(colours));
      windows
          .getOrDefault(schedule.policy(), List.of())
          .forEach(window -> lines.addAll(edges(window).lines(colours)));
    }
    if (validation.problems().isEmpty()) {
      lines.add(HeldText.count(validation.schedules().size(), "policy", "policies") + " valid.");
    }
    return lines;
  }

  private static Table edges(WindowEdges window) {
    Table table = new Table("  ");
    table.row("backup window " + (window.isOpen() ? "open" : "closed") + ", next:");
    boolean isOpen = window.isOpen();
    for (ZonedDateTime edge : window.edges()) {
      isOpen = !isOpen;
      table.row(
          (isOpen ? "opens  " : "closes ")
              + Times.withOffset(edge)
              + "  "
              + edge.getZone().getId());
    }
    if (window.edges().isEmpty()) {
      table.row("never changes");
    }
    return table;
  }

  /** Returns the word between the verb and the schedule; an interval brings its own. */
  private static String by(ScheduleRuns schedule) {
    return schedule.schedule().startsWith("every") ? "" : "at ";
  }
}
