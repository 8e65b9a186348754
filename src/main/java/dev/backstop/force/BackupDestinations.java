package dev.backstop.force;

import dev.backstop.observation.Redaction;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Holds both locations of the backup and their options, as the cluster's parameters have them.
 *
 * @param values by name; whatever they hold, credentials are never told
 */
record BackupDestinations(Map<String, String> values) {

  private static final String PRIMARY = "backup_dest";
  private static final String SECONDARY = "backup_backup_dest";

  /** Names the parameters, in the order in which they are told. */
  static final List<String> NAMES =
      List.of(PRIMARY, "backup_dest_option", SECONDARY, "backup_backup_dest_option");

  BackupDestinations {
    values = Map.copyOf(values);
  }

  /** Tells each parameter without credentials. */
  List<String> lines() {
    return NAMES.stream().map(this::line).toList();
  }

  private String line(String name) {
    return name + " = '" + Redaction.of(value(name)) + "'";
  }

  private String value(String name) {
    return values.getOrDefault(name, "");
  }

  /** Tells whether both locations are empty, as the forced end leaves them. */
  boolean areEmpty() {
    return value(PRIMARY).isEmpty() && value(SECONDARY).isEmpty();
  }

  /** Tells whether there is a location to back up to again. */
  boolean hasPrimary() {
    return !value(PRIMARY).isEmpty();
  }

  /** Tells whether the first location is none of those that these lines tell. */
  boolean hasOtherPrimaryThan(List<String> recorded) {
    return hasPrimary() && !recorded.isEmpty() && !recorded.contains(line(PRIMARY));
  }

  /** Writes each parameter for history. */
  List<HistoryEntry> entries(Actor actor, String cluster, Instant now) {
    return lines().stream()
        .map(line -> HistoryEntry.of(now, actor, cluster, "", Event.DESTINATION_RECORDED, line))
        .toList();
  }

  /** Never shows a value, which may hold access keys. */
  @Override
  public String toString() {
    return "Destinations" + lines();
  }
}
