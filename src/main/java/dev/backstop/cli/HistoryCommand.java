package dev.backstop.cli;

import dev.backstop.state.HistoryQuery;
import dev.backstop.text.PointInTime;
import dev.backstop.text.Times;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code history}: prints what was recorded. */
@Command(name = "history", description = "Tell every decision, statement and result, oldest first")
final class HistoryCommand extends Verb {

  @Mixin private ClusterChoice choice = new ClusterChoice();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From then on: a duration back from now, or an ISO time; default: 24h")
  private PointInTime since = PointInTime.distant(Duration.ofHours(24));

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "How to write it; json is one object a line; default: text")
  private OutputFormat output = OutputFormat.TEXT;

  HistoryCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    HistoryQuery query =
        new HistoryQuery(
            choice.names(),
            since.before(session().clock().instant()),
            Integer.MAX_VALUE,
            Long.MAX_VALUE);
    HistoryPrinter printer = new HistoryPrinter(terminal(), output);
    List<String> notes = application().history(query, printer);
    printer.end();
    notes.forEach(terminal()::say);
    if (printer.isEmpty() && notes.isEmpty() && output == OutputFormat.TEXT) {
      terminal().say("Nothing happened since " + Times.utc(query.since()) + ".");
    }
    return ExitCode.OK;
  }
}
