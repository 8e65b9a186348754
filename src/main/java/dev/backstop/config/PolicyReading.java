package dev.backstop.config;

import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What reading one policy file gave: a policy, or every mistake in it.
 *
 * @param file the file's name or path as messages show it
 * @param policies the policy on each cluster of the configuration that it names; empty where there
 *     are mistakes besides the faults
 * @param faults mistakes that concern one cluster of several and not the others, by its name
 * @param name the policy's name as far as it could be read; null where it could not
 * @param clusters the configured clusters as far as their names could be read
 * @param nameLine where the name stands, counted from 1; 1 where it is the file's
 * @param nameColumn where the name stands, counted from 1; 1 where it is the file's
 * @param problems every mistake in the order of the file, the faults among them
 */
public record PolicyReading(
    String file,
    List<Policy> policies,
    Map<String, Problem> faults,
    @Nullable String name,
    List<String> clusters,
    int nameLine,
    int nameColumn,
    List<Problem> problems) {

  /** Checks that there is either a policy or a problem that is no fault of one cluster. */
  public PolicyReading {
    policies = List.copyOf(policies);
    faults = Map.copyOf(faults);
    clusters = List.copyOf(clusters);
    problems = List.copyOf(problems);
    if (policies.isEmpty() == (problems.size() == faults.size())) {
      throw new IllegalArgumentException(file + ": either a policy or a problem");
    }
  }

  /** Describes a file that can't be read or judged at all. */
  public static PolicyReading unreadable(String file, String words) {
    return broken(file, null, List.of(), 1, 1, List.of(new Problem(file, 1, 1, words)));
  }

  /** Describes a broken file by what could be read of it. */
  static PolicyReading broken(
      String file,
      @Nullable String name,
      List<String> clusters,
      int nameLine,
      int nameColumn,
      List<Problem> problems) {
    return new PolicyReading(
        file, List.of(), Map.of(), name, clusters, nameLine, nameColumn, problems);
  }

  /** Returns the policy on the first of its clusters; null where there is none. */
  public @Nullable Policy policy() {
    return policies.isEmpty() ? null : policies.get(0);
  }

  /** Returns the same file with one more problem: that others have the same name. */
  public PolicyReading sharingNameWith(Collection<String> files) {
    String words =
        "name '%s' is also used by %s; every policy needs a name of its own"
            .formatted(name, String.join(", ", files));
    Problem problem = new Problem(file, nameLine, nameColumn, words);
    List<Problem> all = Stream.concat(problems.stream(), Stream.of(problem)).sorted().toList();
    return broken(file, name, clusters, nameLine, nameColumn, all);
  }

  /** Returns the same with what is wrong in it, but none of its words. */
  public PolicyReading withoutWords() {
    List<Problem> wordless = problems.stream().map(Problem::withoutWords).toList();
    if (policies.isEmpty()) {
      return broken(file, null, clusters, 1, 1, wordless);
    }
    Map<String, Problem> faultsWithout = new TreeMap<>(faults);
    faultsWithout.replaceAll((cluster, problem) -> problem.withoutWords());
    return new PolicyReading(
        file, policies, faultsWithout, name, clusters, nameLine, nameColumn, wordless);
  }

  /** Returns the reading as the core takes it. */
  public FoundFile found() {
    if (policies.isEmpty()) {
      String words = problems.stream().map(Problem::withoutFile).collect(Collectors.joining("; "));
      return FoundFile.brokenOn(file, name, clusters, words);
    }
    Map<String, String> words = new TreeMap<>();
    faults.forEach((cluster, problem) -> words.put(cluster, problem.withoutFile()));
    return FoundFile.good(file, policies, words);
  }
}
