package dev.backstop.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Manual page backstop(1), made of the same descriptions as {@code --help}; packages install it.
 */
final class ManPage {

  private static final String START =
      """
      .TH BACKSTOP 1 "" "Backstop %s" "User Commands"
      .SH NAME
      backstop \\- keeps OceanBase secondary backups stopped
      .SH SYNOPSIS
      .B backstop
      .RI [ OPTIONS ]
      .I VERB
      .RI [ ARGUMENTS ]
      .SH DESCRIPTION
      Backstop looks at OceanBase clusters and stops secondary backups (copies of the backup) wherever
      the policy files say that they must not run. It only stops: it never starts a backup and never
      deletes backup data. What runs is read from the views of the server, and a stop is proven by two
      looks that agree.
      .PP
      The daemon is
      .BR "backstop run" ;
      the other verbs look, decide and explain, whether or not it runs.
      """;

  private static final String END =
      """
      .SH FILES
      .TP
      .I /etc/backstop/conf/backstop.yaml
      The configuration of an installed package; \\-\\-conf names another one.
      .TP
      .I /etc/backstop/policies/
      The policies, one YAML file each.
      .TP
      .I /var/lib/backstop/
      The state store: what was sent, seen and proven.
      .TP
      .I /usr/share/backstop/
      Examples with their schemas, alerting rules for Prometheus, a dashboard for Grafana.
      .SH ENVIRONMENT
      .TP
      .B BACKSTOP_LOG
      DEBUG, INFO or WARN: how much is logged.
      .TP
      .B BACKSTOP_JAVA_OPTS
      Further options for the Java runtime.
      .TP
      .B NO_COLOR
      Without colours, where it is set.
      .SH SIGNALS
      .TP
      .B SIGHUP
      The daemon reads its configuration again; a bad file keeps the running one.
      .TP
      .B SIGTERM
      The daemon ends in order, within 10 seconds, with 143.
      .SH SEE ALSO
      .BR systemctl (1),
      .BR journalctl (1)
      """;

  private ManPage() {}

  /** Prints the page. */
  public static void main(String[] arguments) {
    Session session = Backstop.ofProcess(arguments);
    session.terminal().print(of(Backstop.commands(session), Version.number()).stripTrailing());
    session.terminal().end(ExitCode.OK.code());
  }

  /** Returns the page in the language of man(7). */
  static String of(CommandLine commands, String version) {
    StringBuilder page = new StringBuilder(START.formatted(escaped(version)));
    page.append(".SH OPTIONS OF EVERY VERB\n");
    options(page, commands.getCommandSpec(), false);
    page.append(".SH VERBS\n");
    for (CommandLine verb : commands.getSubcommands().values()) {
      verb(page, verb.getCommandSpec());
    }
    page.append(".SH EXIT STATUS\n");
    for (ExitCode code : ExitCode.values()) {
      page.append(".TP\n.B ").append(code.code()).append('\n');
      page.append(line(code.words()));
    }
    return page.append(END).toString();
  }

  private static void verb(StringBuilder page, CommandSpec verb) {
    String parameters =
        verb.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(PositionalParamSpec::paramLabel)
            .collect(Collectors.joining(" "));
    page.append(".SS \"").append(escaped((verb.name() + " " + parameters).strip())).append("\"\n");
    page.append(text(verb.usageMessage().description()));
    for (PositionalParamSpec parameter : verb.positionalParameters()) {
      if (!parameter.hidden()) {
        page.append(".TP\n.I ").append(escaped(parameter.paramLabel())).append('\n');
        page.append(text(parameter.description()));
      }
    }
    options(page, verb, true);
  }

  private static void options(StringBuilder page, CommandSpec spec, boolean isVerb) {
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !(isVerb && option.inherited())) {
        String label = label(option);
        page.append(".TP\n.B ");
        page.append(escaped(String.join(", ", Arrays.asList(option.names())) + label));
        page.append('\n').append(text(option.description()));
      }
    }
  }

  private static String label(ArgSpec option) {
    return option.arity().max() == 0 ? "" : " " + option.paramLabel();
  }

  private static String text(String... lines) {
    List<String> all = Arrays.stream(lines).filter(line -> !line.isBlank()).toList();
    return line(all.isEmpty() ? "" : Ansi.OFF.string(String.join(" ", all)).replace("%n", " "));
  }

  private static String line(String text) {
    String escaped = escaped(text.strip());
    boolean isRequest = escaped.startsWith(".") || escaped.startsWith("'");
    return (isRequest ? "\\&" : "") + escaped + "\n";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
  }
}
