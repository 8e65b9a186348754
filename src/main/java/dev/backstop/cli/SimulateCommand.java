package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.Table;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.demo.DemoService.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code simulate}: runs a simulated cluster alone. */
@Command(
    name = "simulate",
    description = "Run only the stand-in for OceanBase, for any MySQL client")
final class SimulateCommand extends Verb {

  private static final int LAST_PORT = 65_535;

  @Option(names = "--port", paramLabel = "N", description = "Port to listen on; default: 2881")
  private int port = 2881;

  @Option(names = "--profile", paramLabel = "NAME", description = "How it behaves; see --list")
  private @Nullable String profile;

  @Option(names = "--list", description = "Name the profiles and end")
  private boolean list;

  SimulateCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    if (list) {
      Table table = new Table("");
      for (Profile one : demoService().profiles()) {
        table.row(Cell.of(one.name(), TextStyle.STRONG), Cell.of(one.words()));
      }
      terminal().print(table.lines(terminal().coloursOut()));
      return ExitCode.OK;
    }
    if (port < 0 || port > LAST_PORT) {
      throw mistake("--port is 0 (any free one) to " + LAST_PORT + ", not " + port);
    }
    return Foreground.hold(
        demoService().simulate(port, profile, line -> terminal().print(line)), session());
  }
}
