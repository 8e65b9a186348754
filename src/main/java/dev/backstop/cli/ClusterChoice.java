package dev.backstop.cli;

import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The option that names clusters; all clusters without it. */
final class ClusterChoice {

  @Option(
      names = {"-c", "--cluster"},
      paramLabel = "CLUSTER",
      completionCandidates = ClusterNames.class,
      description = "Only this cluster, or those that fit, as in 'hz-*'; may be repeated")
  private Set<String> clusters = new TreeSet<>();

  /** Returns the names and globs chosen; empty for all. */
  Set<String> names() {
    return Set.copyOf(clusters);
  }
}
