package dev.backstop.plan;

import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyFingerprint;
import dev.backstop.timeline.TimelineInstant;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a kind as they were at one look, to notice edits.
 *
 * @param all in the order of the policies
 */
public record PolicyFingerprints(List<PolicyFingerprints.Known> all) {

  /** No policy. */
  public static final PolicyFingerprints NONE = new PolicyFingerprints(List.of());

  private static final String DELETED = "deleted ";

  /** Copies the list. */
  public PolicyFingerprints {
    all = List.copyOf(all);
  }

  /**
   * One policy.
   *
   * @param policy what it says
   * @param deletedSince since when its deletion counts; null while none does
   */
  public record Known(PolicyFingerprint policy, @Nullable TimelineInstant deletedSince) {

    static Known of(KnownPolicy known) {
      return new Known(
          PolicyFingerprint.of(known.policy()),
          known.effectiveDeletion().map(DeletionEffective::since).orElse(null));
    }

    /** Names of policies and clusters have no colon, which every time has. */
    static Known parse(String line) {
      int end = line.indexOf(' ', DELETED.length());
      if (line.startsWith(DELETED) && end > 0) {
        String time = line.substring(DELETED.length(), end);
        if (time.indexOf(':') > 0) {
          return new Known(
              PolicyFingerprint.parse(line.substring(end + 1)), TimelineInstant.parse(time));
        }
      }
      return new Known(PolicyFingerprint.parse(line), null);
    }

    String text() {
      return (deletedSince == null ? "" : DELETED + deletedSince + " ") + policy.text();
    }

    boolean isDeleted() {
      return deletedSince != null;
    }

    boolean isOf(String name) {
      return !isDeleted() && policy.policy().equals(name);
    }
  }

  /** Returns the fingerprints of these policies. */
  public static PolicyFingerprints of(List<KnownPolicy> policies) {
    return new PolicyFingerprints(policies.stream().map(Known::of).toList());
  }

  /**
   * Reads fingerprints as they are written.
   *
   * @throws DateTimeException where a deletion has no time
   */
  public static PolicyFingerprints parse(String text) {
    return new PolicyFingerprints(text.lines().map(Known::parse).toList());
  }

  /** Returns them as they are written, a line each. */
  public String text() {
    return all.stream().map(Known::text).collect(Collectors.joining("\n"));
  }

  /**
   * Returns whether a policy has another content than before. One that appears, vanishes or is
   * proven is no edit of the others.
   *
   * @param names the policies that matter; empty for all
   */
  boolean areEditedSince(PolicyFingerprints before, Set<String> names) {
    return all.stream()
        .filter(known -> !known.isDeleted())
        .filter(known -> names.isEmpty() || names.contains(known.policy().policy()))
        .anyMatch(known -> before.hasOf(known.policy().policy()) && !before.all.contains(known));
  }

  private boolean hasOf(String name) {
    return all.stream().anyMatch(known -> known.isOf(name));
  }

  /** Returns whether a deletion in effect is among them. */
  boolean includeDeletion() {
    return all.stream().anyMatch(Known::isDeleted);
  }
}
