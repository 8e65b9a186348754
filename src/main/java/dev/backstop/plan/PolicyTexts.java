package dev.backstop.plan;

import dev.backstop.policy.FileState;
import dev.backstop.policy.KnownPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells edits of the policies of a kind by their text, a line each. */
final class PolicyTexts {

  private final List<KnownPolicy> policies;

  PolicyTexts(List<KnownPolicy> policies) {
    this.policies = policies;
  }

  /** Returns all of them as text, the same for equal wishes. */
  String text() {
    return policies.stream().map(PolicyTexts::line).collect(Collectors.joining("\n"));
  }

  private static String line(KnownPolicy known) {
    boolean isDeletion = known.presence() == FileState.COUNTED;
    return (isDeletion ? "deleted " + known.since() + " " : "") + known.policy();
  }

  /**
   * Tells whether a policy has another content than before. One that appears, vanishes or is proven
   * is no edit of the others.
   *
   * @param before the text of before
   * @param names the policies that matter; empty for all
   */
  boolean isEdited(String before, Set<String> names) {
    List<String> lines = before.lines().toList();
    return policies.stream()
        .filter(known -> known.presence() != FileState.COUNTED)
        .filter(known -> names.isEmpty() || names.contains(known.name()))
        .anyMatch(known -> isAmong(lines, known.name()) && !lines.contains(line(known)));
  }

  private static boolean isAmong(List<String> lines, String name) {
    return lines.stream().anyMatch(line -> line.startsWith(name + " "));
  }

  /** Tells whether a deletion that has counted is among them. */
  boolean areOfADeletion() {
    return policies.stream().anyMatch(known -> known.presence() == FileState.COUNTED);
  }
}
