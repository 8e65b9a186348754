package dev.backstop.status;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Policy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StrayFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the tree of the policies, each one object whatever number of clusters it has. */
final class PolicyView {

  private PolicyView() {}

  /** Returns every policy and every broken file, by file. */
  static List<Map<String, @Nullable Object>> policies(PolicyRegistry registry) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    registry.byName().values().forEach(clusters -> all.add(policy(clusters)));
    registry.strays().forEach(stray -> all.add(stray(stray)));
    all.sort(Comparator.comparing(tree -> String.valueOf(tree.get("file"))));
    return all;
  }

  /** Returns a policy on its clusters, in the worst of its states. */
  private static Map<String, @Nullable Object> policy(List<KnownPolicy> all) {
    KnownPolicy known = Collections.max(all, Comparator.comparing(KnownPolicy::phase));
    Policy policy = known.policy();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("name", known.name());
    tree.put("file", known.file());
    putClusters(tree, all.stream().map(one -> one.policy().cluster()).toList());
    tree.put("data", policy.data().word());
    tree.put("log", policy.log().word());
    tree.put("mode", policy.mode().word());
    tree.put("state", word(known.phase()));
    tree.put("error", known.problem().isEmpty() ? null : known.problem());
    return tree;
  }

  private static void putClusters(Map<String, @Nullable Object> tree, List<String> clusters) {
    tree.put("cluster", clusters.size() == 1 ? clusters.get(0) : null);
    tree.put("clusters", clusters);
  }

  private static Map<String, @Nullable Object> stray(StrayFile stray) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("name", null);
    tree.put("file", stray.file());
    putClusters(tree, stray.clusters());
    tree.put("data", null);
    tree.put("log", null);
    tree.put("mode", null);
    tree.put("state", word(Phase.BROKEN));
    tree.put("error", stray.problem());
    return tree;
  }

  private static String word(Phase phase) {
    return switch (phase) {
      case GOOD, CHANGING -> "valid";
      case BROKEN -> "invalid";
      case DELETION_PENDING -> "pending_deletion";
      case DELETION_HELD -> "held_deletion";
      case DELETION_EFFECTIVE -> "deleting";
    };
  }
}
