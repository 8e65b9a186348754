package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.daemon.BackstopException;
import dev.backstop.state.StoreException;
import dev.backstop.text.VisibleText;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Maps every exception to its message and exit code. */
final class Failures {

  /** Never suggested after a mistyped verb. */
  private static final String LAST_RESORT = "cancel-all-backup-force";

  static final String OUT_OF_MEMORY =
      "there is not enough memory; give it more: BACKSTOP_JAVA_OPTS=-Xmx512m";

  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Reports a command that was not understood, with similar ones. */
  int usage(ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    terminal.say(prefix() + VisibleText.line(words(mistake)));
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      List<String> near =
          unmatched.getSuggestions().stream()
              .filter(one -> !one.equals(LAST_RESORT))
              .map(one -> one.startsWith("-") ? one : command.getCommandName() + " " + one)
              .toList();
      if (!near.isEmpty()) {
        terminal.say("Did you mean: " + String.join(" or ", near) + "?");
      }
    }
    terminal.say("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE.code();
  }

  private static String words(ParameterException mistake) {
    String words = String.valueOf(mistake.getMessage());
    if (mistake instanceof MissingParameterException && words.contains("(CLUSTER | --all)")) {
      return "Name a CLUSTER, or all of them by --all";
    }
    if (mistake instanceof UnmatchedArgumentException unmatched
        && mistake.getCommandLine().getParent() == null
        && !unmatched.isUnknownOption()) {
      return "there is no verb '%s'".formatted(unmatched.getUnmatched().get(0));
    }
    return words.replaceFirst("^Error: ", "");
  }

  /** Reports a command that failed. */
  int execution(Exception failure) {
    if (failure instanceof BackstopException known) {
      return known(known);
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.code();
    }
    if (failure instanceof OutputException) {
      return ExitCode.ERROR.code();
    }
    if (failure instanceof ParameterException mistake) {
      return usage(mistake);
    }
    if (failure instanceof StoreException store) {
      terminal.say(prefix() + Cell.of(String.valueOf(store.getMessage())).text());
      return ExitCode.ERROR.code();
    }
    if (isOutOfMemory(failure)) {
      terminal.say(prefix() + OUT_OF_MEMORY);
      return ExitCode.ERROR.code();
    }
    // A fault of Backstop: its report needs the trace.
    terminal.say(prefix() + "a fault of Backstop itself; please report this:");
    failure.printStackTrace(terminal.err());
    return ExitCode.ERROR.code();
  }

  private static boolean isOutOfMemory(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof OutOfMemoryError || (cause != null && isOutOfMemory(cause));
  }

  private int known(BackstopException failure) {
    String prefix = failure.kind() == BackstopException.Kind.INVALID_FILE ? "" : prefix();
    failure.lines().forEach(line -> terminal.say(prefix + Cell.of(line).text()));
    return switch (failure.kind()) {
      case FAILED -> ExitCode.ERROR.code();
      case USAGE -> ExitCode.USAGE.code();
      case INVALID_FILE -> ExitCode.INVALID_FILE.code();
      case OCCUPIED -> ExitCode.OCCUPIED.code();
    };
  }

  private String prefix() {
    return TextStyle.BAD.paint("backstop:", terminal.coloursErr()) + " ";
  }
}
