package dev.backstop.cli;

import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Lets a person choose clusters; without a choice all are meant. */
final class ClusterChoice {

  @Option(
      names = {"-c", "--cluster"},
      paramLabel = "CLUSTER",
      description = "Only this cluster; may be repeated")
  private Set<String> clusters = new TreeSet<>();

  /** Returns the names chosen; empty for all. */
  Set<String> names() {
    return Set.copyOf(clusters);
  }
}
