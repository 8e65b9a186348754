package dev.backstop.cli;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verb {@code completion}: prints the completion script of a shell. */
@Command(
    name = "completion",
    description = "Print completion for bash and zsh; use it by: source <(backstop completion)")
final class CompletionCommand extends Verb {

  @Spec private @Nullable CommandSpec spec;

  CompletionCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    if (spec != null) {
      terminal().print(AutoComplete.bash("backstop", spec.root().commandLine()).stripTrailing());
    }
    return ExitCode.OK;
  }
}
