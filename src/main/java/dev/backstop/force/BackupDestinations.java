package dev.backstop.force;

import dev.backstop.observation.Redaction;
import dev.backstop.oceanbase.ForceSession;
import java.util.List;
import java.util.Map;

/**
 * Immutable snapshot of both backup destinations and their options, the cluster's parameters.
 *
 * @param values by name; credentials in them are never shown
 */
record BackupDestinations(Map<String, String> values) {

  private static final String PRIMARY = "backup_dest";
  private static final String SECONDARY = "backup_backup_dest";

  /** The parameters, in the order in which they are shown. */
  private static final List<String> NAMES =
      List.of(PRIMARY, "backup_dest_option", SECONDARY, "backup_backup_dest_option");

  BackupDestinations {
    values = Map.copyOf(values);
  }

  /** Reads them; throws where they can't be read, as they could not be recorded. */
  static BackupDestinations read(ForceSession session) {
    ForceSession.Parameters read = session.read(NAMES);
    if (!read.problem().isEmpty()) {
      throw new ForceRefusedException(
          ForceOutcome.NOT_READABLE,
          "both destinations must be on record before anything is sent by force, and they can't be"
              + " read: "
              + read.problem());
    }
    return new BackupDestinations(read.values());
  }

  /** Returns a line for each parameter, without credentials. */
  List<String> lines() {
    return NAMES.stream().map(this::line).toList();
  }

  private String line(String name) {
    return name + " = '" + Redaction.of(value(name)) + "'";
  }

  private String value(String name) {
    return values.getOrDefault(name, "");
  }

  /** Returns whether both destinations are empty, as the forced end leaves them. */
  boolean areEmpty() {
    return value(PRIMARY).isEmpty() && value(SECONDARY).isEmpty();
  }

  /** Returns whether there is a primary destination to back up to. */
  boolean hasPrimary() {
    return !value(PRIMARY).isEmpty();
  }

  /** Returns whether the primary destination is another than the recorded one. */
  boolean hasOtherPrimaryThan(List<String> recorded) {
    return hasPrimary() && !recorded.isEmpty() && !recorded.contains(line(PRIMARY));
  }

  /** Never shows a value, which may hold access keys. */
  @Override
  public String toString() {
    return "BackupDestinations" + lines();
  }
}
