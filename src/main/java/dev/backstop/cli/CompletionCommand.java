package dev.backstop.cli;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The verb {@code completion}: prints the completion script of a shell, which asks the same verb
 * for the names of clusters.
 */
@Command(
    name = "completion",
    description = "Print completion for bash and zsh; use it by: source <(backstop completion)")
final class CompletionCommand extends Verb {

  /**
   * Asks where a name can stand, as it takes a moment, with the configuration that is typed on the
   * line, if there is one.
   */
  private static final String ASK_FOR_CLUSTERS =
      """

      function _backstop_clusters() {
        local conf=() i word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
        case $word in -*) return ;; esac
        case $before in -c | --cluster | --only | --confirm) ;; -*) return ;; esac
        for ((i = 1; i < COMP_CWORD; i++)); do
          [[ ${COMP_WORDS[i]} == --conf ]] && conf=(--conf "${COMP_WORDS[i + 1]}")
        done
        "${COMP_WORDS[0]}" completion --clusters "${conf[@]}" 2>/dev/null
      }
      """;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--clusters", description = "Print the names of the configured clusters instead")
  private boolean clusters;

  CompletionCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    if (clusters) {
      terminal().print(application().clusters());
    } else if (spec != null) {
      String script = AutoComplete.bash("backstop", spec.root().commandLine()).stripTrailing();
      terminal()
          .print(
              script.replace("(\"" + ClusterNames.MARK + "\")", "($(_backstop_clusters))")
                  + ASK_FOR_CLUSTERS);
    }
    return ExitCode.OK;
  }
}
