package dev.backstop.folder;

import dev.backstop.config.PolicyReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Refuses files with the same policy name: none of them is the one that counts. */
final class DuplicateNames {

  private DuplicateNames() {}

  /** Returns the readings in the same order, those that share a name with a problem more. */
  static List<PolicyReading> refuse(List<PolicyReading> readings) {
    Map<String, TreeSet<String>> files = new HashMap<>();
    for (PolicyReading reading : readings) {
      if (reading.name() != null) {
        files.computeIfAbsent(reading.name(), name -> new TreeSet<>()).add(reading.file());
      }
    }
    return readings.stream()
        .map(
            reading -> {
              TreeSet<String> others = new TreeSet<>();
              if (reading.name() != null) {
                others.addAll(files.getOrDefault(reading.name(), others));
                others.remove(reading.file());
              }
              return others.isEmpty() ? reading : reading.sharingNameWith(others);
            })
        .toList();
  }
}
