package dev.backstop.plan;

import dev.backstop.observation.Kind;
import dev.backstop.policy.HoldReason;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of one cluster: what its next cycle needs to know of the cycles before.
 *
 * @param cluster the cluster's name in the configuration
 * @param revision counts the writes, so that two writers can't overwrite each other; 0 for none
 * @param data what was sent and seen for data
 * @param log what was sent and seen for log
 * @param settled what the policies amounted to when they were last admitted or held
 * @param budgetHold the edit that waits for a person; null for none
 * @param sightings when the running jobs were first seen
 */
public record ClusterRecord(
    String cluster,
    long revision,
    StopRecord data,
    StopRecord log,
    PolicySnapshot settled,
    @Nullable BudgetHold budgetHold,
    JobSightings sightings) {

  /** Creates a record of a cluster of which no job was seen. */
  public ClusterRecord(
      String cluster,
      long revision,
      StopRecord data,
      StopRecord log,
      PolicySnapshot settled,
      @Nullable BudgetHold budgetHold) {
    this(cluster, revision, data, log, settled, budgetHold, JobSightings.NONE);
  }

  /** Returns the record of a cluster that was never looked at. */
  public static ClusterRecord none(String cluster) {
    return new ClusterRecord(
        cluster, 0, StopRecord.NONE, StopRecord.NONE, PolicySnapshot.NONE, null);
  }

  /** Returns what was sent and seen for a kind. */
  public StopRecord stopRecord(Kind kind) {
    return switch (kind) {
      case DATA -> data;
      case LOG -> log;
    };
  }

  /** Returns the record with a kind's record replaced. */
  public ClusterRecord with(Kind kind, StopRecord stopRecord) {
    return switch (kind) {
      case DATA ->
          new ClusterRecord(cluster, revision, stopRecord, log, settled, budgetHold, sightings);
      case LOG ->
          new ClusterRecord(cluster, revision, data, stopRecord, settled, budgetHold, sightings);
    };
  }

  /** Returns the record with another account of what the policies amount to. */
  public ClusterRecord settled(PolicySnapshot snapshot, @Nullable BudgetHold hold) {
    return new ClusterRecord(cluster, revision, data, log, snapshot, hold, sightings);
  }

  /** Returns the record as the store has written it. */
  public ClusterRecord atRevision(long written) {
    return new ClusterRecord(cluster, written, data, log, settled, budgetHold, sightings);
  }

  /**
   * Returns whether any policy has a limit that sightings are asked for, or a person may undo it.
   */
  public boolean usesSightings() {
    return settled.hasLimits() || (budgetHold != null && budgetHold.before().hasLimits());
  }

  /** Returns the record with other sightings of its jobs. */
  public ClusterRecord with(JobSightings other) {
    return new ClusterRecord(cluster, revision, data, log, settled, budgetHold, other);
  }

  /**
   * Returns whether a later look is remembered already, as of another process.
   *
   * <p>What lies ahead stems from a store of before there was a timeline, and is later than
   * nothing.
   *
   * @param look when the look began
   */
  public boolean overtakes(TimelineInstant look, TimelineInstant now) {
    return Stream.of(data, log)
        .flatMap(stopRecord -> Stream.ofNullable(stopRecord.lastLook()))
        .map(LastLook::at)
        .anyMatch(last -> last.isAfter(look) && !last.isAfter(now));
  }

  /** Returns whether it is of one revision with another record and differs in look times only. */
  public boolean differsInLookTimesOnly(ClusterRecord other) {
    return cluster.equals(other.cluster)
        && revision == other.revision
        && data.differsInLookTimesOnly(other.data)
        && log.differsInLookTimesOnly(other.log)
        && settled.equals(other.settled)
        && Objects.equals(budgetHold, other.budgetHold)
        && sightings.all().equals(other.sightings.all());
  }

  /**
   * Returns the record after a look that was judged by an older one: it begins no proof and
   * completes none, and takes none back.
   */
  public ClusterRecord interruptedAt(TimelineInstant look) {
    return with(Kind.DATA, data.interruptedAt(look)).with(Kind.LOG, log.interruptedAt(look));
  }

  /** Returns whether no stop is outstanding, and no more looks are needed to prove one. */
  public boolean isAtRest() {
    return Stream.of(data, log).allMatch(StopRecord::isAtRest);
  }

  /**
   * Remembers an edit that waits for a person.
   *
   * @param before what still holds of what the policies amounted to before it
   * @param undoneBy what they amounted to before it: whoever restores that has undone it
   * @param since when it was held, by the wall clock
   * @param reason why
   */
  public record BudgetHold(
      PolicySnapshot before, PolicySnapshot undoneBy, Instant since, HoldReason reason) {}
}
