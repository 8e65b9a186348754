package dev.backstop.plan;

import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyFingerprint;
import dev.backstop.policy.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes the ids of held sets: the reason and a digest of what is held, so that a set which
 * changes gets another.
 *
 * <p>The digested text stays as it is, word for word: a person may approve today what an earlier
 * program showed yesterday.
 */
final class HeldSetId {

  /** As many digits of the digest as a person can compare and type. */
  private static final int DIGITS = 8;

  private HeldSetId() {}

  /** Returns how the ids of a reason begin. */
  static String prefix(HoldReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-";
  }

  static String ofDeletions(HoldReason reason, List<KnownPolicy> policies) {
    return id(reason, deletions(policies));
  }

  static String ofEdits(List<ClusterRecord> clusters) {
    return id(HoldReason.BUDGET, edits(clusters));
  }

  static String ofOtherHost(List<KnownPolicy> deletions, List<ClusterRecord> edits) {
    return id(HoldReason.OTHER_HOST, deletions(deletions) + "\n" + edits(edits));
  }

  private static String deletions(List<KnownPolicy> policies) {
    return policies.stream().map(HeldSetId::deletion).sorted().collect(Collectors.joining("\n"));
  }

  private static String deletion(KnownPolicy policy) {
    Instant since = policy.heldDeletion().orElseThrow().since();
    return PolicyFingerprint.of(policy.policy()).text() + " " + asStored(since);
  }

  private static String edits(List<ClusterRecord> clusters) {
    return clusters.stream()
        .map(one -> one.cluster() + " " + hold(one.budgetHold()) + " " + snapshot(one.settled()))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String hold(ClusterRecord.@Nullable BudgetHold hold) {
    return hold == null
        ? "null"
        : "BudgetHold[before=%s, undoneBy=%s, since=%s, reason=%s]"
            .formatted(
                snapshot(hold.before()),
                snapshot(hold.undoneBy()),
                asStored(hold.since()),
                hold.reason().name());
  }

  /**
   * A process that held it itself knows the nanoseconds, too, and must show what others compute.
   */
  private static Instant asStored(Instant since) {
    return since.truncatedTo(ChronoUnit.MICROS);
  }

  private static String snapshot(PolicySnapshot snapshot) {
    return snapshot.all().stream()
        .map(HeldSetId::term)
        .collect(Collectors.joining(", ", "Claims[all=[", "]]"));
  }

  private static String term(PolicyTerm term) {
    return "Claim[policy=%s, coverage=%s, data=%s, log=%s, enforced=%s, approved=%s]"
        .formatted(
            term.policy(),
            PolicyFingerprint.coverage(term.coverage()),
            term.data(),
            term.log(),
            term.enforced(),
            term.approved());
  }

  private static String id(HoldReason reason, String content) {
    return prefix(reason) + Sha256.hexOf(content).substring(0, DIGITS);
  }
}
