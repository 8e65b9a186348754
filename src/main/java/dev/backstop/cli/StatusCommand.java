package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.StatusText;
import dev.backstop.command.Overview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code status}: shows what was last recorded. */
@Command(
    name = "status",
    description = "Show the last recorded look at each cluster, with its age; connects to none")
final class StatusCommand extends Verb {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  @Mixin private ClusterChoice choice = new ClusterChoice();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "How to write the result; default: text")
  private OutputFormat output = OutputFormat.TEXT;

  @Option(
      names = "--watch",
      description = "Show it again every 2 s, as much as fits into the window")
  private boolean watch;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what is fine in full, too")
  private boolean verbose;

  StatusCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() throws InterruptedException {
    List<String> screen = screen();
    if (watch) {
      terminal().nextScreen();
    }
    show(screen);
    while (watch && session().pause().await(INTERVAL) && !terminal().isClosed()) {
      screen = screen();
      terminal().nextScreen();
      show(screen);
    }
    return ExitCode.OK;
  }

  private void show(List<String> screen) {
    if (output == OutputFormat.JSON) {
      terminal().json(screen);
    } else {
      terminal().print(watch ? fitting(screen) : screen);
    }
  }

  /** Returns what fits into the window, which may have changed since the last screen. */
  private List<String> fitting(List<String> screen) {
    return terminal().isInteractive()
        ? WindowSize.ask().map(window -> window.fit(screen)).orElse(screen)
        : screen;
  }

  private List<String> screen() {
    Overview overview = application().status(choice.names());
    overview.notes().forEach(terminal()::say);
    if (output == OutputFormat.JSON) {
      if (!overview.daemon().isEmpty()) {
        terminal().warn(overview.daemon());
      }
      return List.of(JsonOutput.status(overview));
    }
    List<String> lines =
        new ArrayList<>(
            lines(overview, session().clock().instant(), terminal().coloursOut(), verbose));
    overview.invalidFiles().forEach(words -> lines.add(Cell.of(words).text()));
    return lines;
  }

  /** Returns what is recorded as text. */
  static List<String> lines(Overview overview, Instant now, boolean colours, boolean isVerbose) {
    return new StatusText(colours, isVerbose).lines(overview, now);
  }
}
