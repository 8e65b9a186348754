package dev.backstop.folder;

import dev.backstop.observation.Kind;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds policies of one cluster that say on and off for the same jobs. */
final class Contradictions {

  /** More would not be read. */
  private static final int MOST = 200;

  private Contradictions() {}

  /**
   * Returns a sentence for each pair and kind, by the names that the policies were written with; at
   * most 200.
   */
  static List<String> among(List<Policy> policies) {
    Map<String, List<Policy>> byCluster =
        policies.stream().collect(Collectors.groupingBy(Policy::cluster));
    List<String> warnings = new ArrayList<>();
    for (Policy permitting : policies) {
      for (Policy forbidding : byCluster.getOrDefault(permitting.cluster(), List.of())) {
        for (Kind kind : Kind.values()) {
          if (warnings.size() == MOST) {
            return warnings;
          }
          if (contradict(permitting, forbidding, kind)) {
            warnings.add(words(permitting, forbidding, kind));
          }
        }
      }
    }
    return warnings;
  }

  private static boolean contradict(Policy permitting, Policy forbidding, Kind kind) {
    return permitting.desired(kind) == Desired.ON
        && forbidding.desired(kind) == Desired.OFF
        && overlap(permitting.coverage(), forbidding.coverage());
  }

  private static boolean overlap(Coverage left, Coverage right) {
    return left.isWholeCluster()
        || right.isWholeCluster()
        || left.tenants().stream().anyMatch(right.tenants()::contains);
  }

  private static String words(Policy permitting, Policy forbidding, Kind kind) {
    return "cluster %s, %s: policy %s says on for %s, policy %s says off for %s; what both cover is permitted"
        .formatted(
            permitting.cluster(),
            kind.title(),
            permitting.name(),
            permitting.coverage(),
            forbidding.name(),
            forbidding.coverage());
  }
}
