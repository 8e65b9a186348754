package dev.backstop.folder;

import dev.backstop.config.PolicyReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Knows which files claim the same policy name: none of them is the one that counts. */
final class DuplicateNames {

  /** The files of each name that several claim. */
  private final Map<String, TreeSet<String>> files = new HashMap<>();

  private DuplicateNames(List<PolicyReading> readings) {
    for (PolicyReading reading : readings) {
      if (reading.name() != null) {
        files.computeIfAbsent(reading.name(), name -> new TreeSet<>()).add(reading.file());
      }
    }
    files.values().removeIf(claiming -> claiming.size() == 1);
  }

  /** Finds the names that several of these files claim. */
  static DuplicateNames among(List<PolicyReading> readings) {
    return new DuplicateNames(readings);
  }

  /** Returns the names that several files claim. */
  Set<String> names() {
    return files.keySet();
  }

  /** Returns one of the readings, with a problem more where it shares its name. */
  PolicyReading refuse(PolicyReading reading) {
    if (reading.name() == null || !files.containsKey(reading.name())) {
      return reading;
    }
    TreeSet<String> others = new TreeSet<>(files.get(reading.name()));
    others.remove(reading.file());
    return reading.sharingNameWith(others);
  }
}
