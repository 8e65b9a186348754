package dev.backstop.cli;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The verb {@code completion}: prints the completion script of a shell, which asks the same verb
 * for the names of clusters and notifications.
 */
@Command(
    name = "completion",
    description = "Print completion for bash and zsh; use it by: source <(backstop completion)")
final class CompletionCommand extends Verb {

  /**
   * Ask where a name can stand, as it takes a moment, with the configuration that is typed on the
   * line, if there is one.
   */
  private static final String ASK_FOR_NAMES =
      """

      function _backstop_ask() {
        local conf=() i
        for ((i = 1; i < COMP_CWORD; i++)); do
          [[ ${COMP_WORDS[i]} == --conf ]] && conf=(--conf "${COMP_WORDS[i + 1]}")
        done
        "${COMP_WORDS[0]}" completion "$1" "${conf[@]}" 2>/dev/null
      }

      function _backstop_clusters() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
        case $word in -*) return ;; esac
        case $before in -c | --cluster | --only | --confirm) ;; -*) return ;; esac
        _backstop_ask --clusters
      }

      function _backstop_notifications() {
        [[ ${COMP_WORDS[COMP_CWORD - 1]} == --test ]] && _backstop_ask --notifications
      }
      """;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--clusters", description = "Print the names of the configured clusters instead")
  private boolean clusters;

  @Option(
      names = "--notifications",
      description = "Print the names of the configured notifications instead")
  private boolean notifications;

  CompletionCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    if (clusters) {
      terminal().print(application().clusters());
    } else if (notifications) {
      terminal().print(application().notifications());
    } else if (spec != null) {
      String script = AutoComplete.bash("backstop", spec.root().commandLine()).stripTrailing();
      terminal()
          .print(
              asking(
                      asking(script, ClusterNames.MARK, "clusters"),
                      NotificationNames.MARK,
                      "notifications")
                  + ASK_FOR_NAMES);
    }
    return ExitCode.OK;
  }

  /** Replaces a mark with the function that asks for what stands there. */
  private static String asking(String script, String mark, String names) {
    return script.replace("(\"" + mark + "\")", "($(_backstop_" + names + "))");
  }
}
