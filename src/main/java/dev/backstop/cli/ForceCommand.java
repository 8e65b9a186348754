package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.force.ForceOutcome;
import dev.backstop.force.ForceRefusedException;
import dev.backstop.force.ForceService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends every backup of a cluster by force, for a person who asks for it twice. */
@Command(
    name = "cancel-all-backup-force",
    description = {
      "The last resort where a stop hangs: end every backup of a cluster, the primary one too.",
      "Without --confirm it only shows what that ends and what must be done after."
    })
final class ForceCommand extends Verb {

  private static final String INTERRUPTED =
      "Ended midway. backstop history tells what was sent; the same command again goes on with it,"
          + " and sends nothing by force twice.";

  @Parameters(
      paramLabel = "CLUSTER",
      completionCandidates = ClusterNames.class,
      description = "The cluster's name in the configuration")
  private String cluster = "";

  @Option(
      names = "--confirm",
      paramLabel = "CLUSTER",
      completionCandidates = ClusterNames.class,
      description = "Do it: the cluster's name once more")
  private @Nullable String confirm;

  @Option(names = "--reason", paramLabel = "R", description = "Why; for history")
  private @Nullable String reason;

  @Option(
      names = "--even-so",
      description =
          "Do it without a failed stop on record, and where the archive can't be stopped first")
  private boolean evenSo;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to go on until the proof; default: 15m")
  private Duration timeout = Duration.ofMinutes(15);

  ForceCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    Output output = new Output(terminal());
    if (confirm == null) {
      if (reason != null) {
        throw mistake("--reason goes with --confirm CLUSTER");
      }
      force().show(cluster, output);
      return ExitCode.OK;
    }
    if (!confirm.equals(cluster)) {
      throw mistake("--confirm is '" + confirm + "', not '" + cluster + "'");
    }
    String why = reason;
    if (why == null || why.isBlank()) {
      throw mistake("--confirm needs --reason R: why, for history");
    }
    return run(new ForceService.Order(cluster, why, evenSo, timeout), output);
  }

  private ExitCode run(ForceService.Order order, Output output) {
    Thread hook = new Thread(() -> terminal().say(INTERRUPTED), "backstop-force");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return code(force().run(order, output));
    } catch (ForceRefusedException refusal) {
      terminal()
          .say(
              TextStyle.BAD.paint("backstop:", terminal().coloursErr())
                  + " "
                  + Cell.of(String.valueOf(refusal.getMessage())).text());
      return code(refusal.outcome());
    } finally {
      Foreground.removeHook(hook);
    }
  }

  private static ExitCode code(ForceOutcome outcome) {
    return switch (outcome) {
      case PROVEN -> ExitCode.OK;
      case NOT_PROVEN -> ExitCode.NOT_PROVEN;
      case FAILED -> ExitCode.ERROR;
      case NEEDS_PERSON -> ExitCode.NEEDS_PERSON;
      case NOT_READABLE -> ExitCode.NOT_READABLE;
      case WRONG_CLUSTER -> ExitCode.WRONG_CLUSTER;
    };
  }

  /** Writes to the terminal; a server's words carry no control characters there. */
  private record Output(Terminal terminal) implements ForceService.Output {

    @Override
    public void result(String line) {
      terminal.print(Cell.of(line).text());
    }

    @Override
    public void progress(String line) {
      terminal.say(Cell.of(line).text());
    }
  }
}
