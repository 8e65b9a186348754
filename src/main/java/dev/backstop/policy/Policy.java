package dev.backstop.policy;

import dev.backstop.observation.Kind;
import java.time.Duration;

/**
 * One validated policy on one cluster; its file was read and found good. A file that names several
 * clusters is one of these for each.
 *
 * @param name its identity, unique in the folder
 * @param cluster a cluster's name in the configuration
 * @param coverage whose jobs it speaks of
 * @param data the wish for backup sets
 * @param log the wish for pieces and the continuous archive
 * @param mode whether it may act
 * @param schedule when to look
 * @param onDelete what deleting its file means
 * @param verifyWithin how long a stop may take before it is reported as not verified
 * @param limits what an on is limited to; a kind that is off has none
 */
public record Policy(
    String name,
    String cluster,
    Coverage coverage,
    Desired data,
    Desired log,
    Mode mode,
    Schedule schedule,
    OnDelete onDelete,
    Duration verifyWithin,
    Limits limits) {

  /** Creates a policy whose on has no limits. */
  public Policy(
      String name,
      String cluster,
      Coverage coverage,
      Desired data,
      Desired log,
      Mode mode,
      Schedule schedule,
      OnDelete onDelete,
      Duration verifyWithin) {
    this(name, cluster, coverage, data, log, mode, schedule, onDelete, verifyWithin, Limits.NONE);
  }

  /** Returns the limits of a kind: none where it is off. */
  public Limits limits(Kind kind) {
    return desired(kind) == Desired.ON ? limits : Limits.NONE;
  }

  /** Returns the same policy on another cluster. */
  public Policy on(String other) {
    return new Policy(
        name, other, coverage, data, log, mode, schedule, onDelete, verifyWithin, limits);
  }

  /** Returns the same wish, which only observes. */
  Policy observing() {
    return new Policy(
        name, cluster, coverage, data, log, Mode.OBSERVE, schedule, onDelete, verifyWithin, limits);
  }

  /** Returns the wish for a kind. */
  public Desired desired(Kind kind) {
    return switch (kind) {
      case DATA -> data;
      case LOG -> log;
    };
  }
}
