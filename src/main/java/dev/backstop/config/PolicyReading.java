package dev.backstop.config;

import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.Policy;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What reading one policy file gave: a policy, or every mistake in it.
 *
 * @param file the file's name or path as messages show it
 * @param policy the policy; null where there are problems
 * @param name the policy's name as far as it could be read; null where it could not
 * @param cluster a configured cluster's name as far as it could be read; null where it could not
 * @param nameLine where the name stands, counted from 1; 1 where it is the file's
 * @param nameColumn where the name stands, counted from 1; 1 where it is the file's
 * @param problems every mistake in the order of the file; empty where there is a policy
 */
public record PolicyReading(
    String file,
    @Nullable Policy policy,
    @Nullable String name,
    @Nullable String cluster,
    int nameLine,
    int nameColumn,
    List<Problem> problems) {

  /** Checks that there is either a policy or a problem. */
  public PolicyReading {
    problems = List.copyOf(problems);
    if ((policy == null) == problems.isEmpty()) {
      throw new IllegalArgumentException(file + ": either a policy or a problem");
    }
  }

  /** Describes a file that can't be read or judged at all. */
  public static PolicyReading unreadable(String file, String words) {
    return new PolicyReading(file, null, null, null, 1, 1, List.of(new Problem(file, 1, 1, words)));
  }

  /** Returns the same file with one more problem: that others have the same name. */
  public PolicyReading sharingNameWith(Collection<String> files) {
    String words =
        "name '%s' is also used by %s; every policy needs a name of its own"
            .formatted(name, String.join(", ", files));
    Problem problem = new Problem(file, nameLine, nameColumn, words);
    List<Problem> all = Stream.concat(problems.stream(), Stream.of(problem)).sorted().toList();
    return new PolicyReading(file, null, name, cluster, nameLine, nameColumn, all);
  }

  /** Returns the same with what is wrong in it, but none of its words. */
  public PolicyReading withoutWords() {
    return policy != null
        ? this
        : new PolicyReading(
            file, null, null, cluster, 1, 1, problems.stream().map(Problem::withoutWords).toList());
  }

  /** Returns the reading as the core takes it. */
  public FoundFile found() {
    if (policy != null) {
      return FoundFile.good(file, policy);
    }
    String words = problems.stream().map(Problem::withoutFile).collect(Collectors.joining("; "));
    return FoundFile.broken(file, name, cluster, words);
  }
}
