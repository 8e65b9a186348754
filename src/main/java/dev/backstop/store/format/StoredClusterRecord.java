package dev.backstop.store.format;

import dev.backstop.json.OmittedIfAbsent;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.HoldReason;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record of one cluster.
 *
 * @param sightings null where no policy has a limit, which releases before limits can read
 */
record StoredClusterRecord(
    @Nullable Integer format,
    String cluster,
    long revision,
    StoredStop data,
    StoredStop log,
    StoredSnapshot settled,
    @Nullable Hold budgetHold,
    @OmittedIfAbsent @Nullable StoredSightings sightings)
    implements Versioned {

  static StoredClusterRecord of(ClusterRecord cluster) {
    ClusterRecord.BudgetHold hold = cluster.budgetHold();
    return new StoredClusterRecord(
        RecordFormat.VERSION,
        cluster.cluster(),
        cluster.revision(),
        StoredStop.of(cluster.data()),
        StoredStop.of(cluster.log()),
        StoredSnapshot.of(cluster.settled()),
        hold == null ? null : Hold.of(hold),
        cluster.usesSightings() ? StoredSightings.of(cluster.sightings()) : null);
  }

  ClusterRecord toDomain() {
    return new ClusterRecord(
        cluster,
        revision,
        data.toDomain(),
        log.toDomain(),
        settled.toDomain(),
        budgetHold == null ? null : budgetHold.toDomain(),
        StoredSightings.toDomain(sightings));
  }

  /**
   * An edit that waits for a person.
   *
   * @param undoneBy null where an earlier program did not keep it: the same as before
   * @param reason null where an earlier program knew none but the budget
   */
  record Hold(
      StoredSnapshot before,
      @Nullable StoredSnapshot undoneBy,
      Instant since,
      @Nullable HoldReason reason) {

    static Hold of(ClusterRecord.BudgetHold hold) {
      return new Hold(
          StoredSnapshot.of(hold.before()),
          StoredSnapshot.of(hold.undoneBy()),
          hold.since(),
          hold.reason());
    }

    ClusterRecord.BudgetHold toDomain() {
      return new ClusterRecord.BudgetHold(
          before.toDomain(),
          Objects.requireNonNullElse(undoneBy, before).toDomain(),
          since,
          Objects.requireNonNullElse(reason, HoldReason.BUDGET));
    }
  }
}
