package dev.backstop.cli;

import dev.backstop.state.Disarming;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The parameter that names one cluster, or the option that names all. */
final class ClusterOrAll {

  @Parameters(
      paramLabel = "CLUSTER",
      completionCandidates = ClusterNames.class,
      description = "The cluster's name in the configuration")
  private @Nullable String cluster;

  @Option(names = "--all", description = "Every cluster, later ones included")
  private boolean all;

  /** Returns the cluster's name, or the word for all. */
  String name() {
    return all || cluster == null ? Disarming.ALL : cluster;
  }
}
