package dev.backstop.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a verb, with the options of every verb. */
@Command(
    name = "backstop",
    description = {
      "Keeps OceanBase secondary backups stopped wherever the policy says they must not run.",
      ""
    },
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "First steps:  backstop demo            see it work, without any configuration",
      "              backstop validate        check conf/ and policies/",
      "              backstop plan            look at the clusters; sends nothing"
    })
final class RootCommand implements Runnable {

  /** Property by which the launcher of an installed package names its configuration. */
  private static final String INSTALLED_CONF = "backstop.conf";

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Configuration file; default: conf/backstop.yaml, of a package"
              + " /etc/backstop/conf/backstop.yaml")
  private @Nullable Path conf;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the version")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean version;

  RootCommand(Session session) {
    this.session = session;
  }

  /**
   * Returns the file of --conf, else that of an installed package, else of the present folder, else
   * of the folder of the program.
   */
  Path conf() {
    if (conf != null) {
      return session.resolve(conf);
    }
    String installedConf = System.getProperty(INSTALLED_CONF);
    if (installedConf != null) {
      return Path.of(installedConf);
    }
    Path own = session.resolve(Path.of("conf", "backstop.yaml"));
    Path installed = session.home().resolve("conf").resolve("backstop.yaml");
    return Files.exists(own) || !Files.exists(installed) ? own : installed;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Say what to do: a verb is missing");
    }
  }
}
