package dev.backstop.folder;

import dev.backstop.config.PolicyReading;
import dev.backstop.config.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Refuses files that bear the same policy name: none of them is the one that counts. */
final class DuplicateNames {

  private DuplicateNames() {}

  /** Returns the readings in the same order, those that share a name with a problem more. */
  static List<PolicyReading> refused(List<PolicyReading> readings) {
    Map<String, List<String>> files = new HashMap<>();
    for (PolicyReading reading : readings) {
      if (reading.name() != null) {
        files.computeIfAbsent(reading.name(), name -> new ArrayList<>()).add(reading.file());
      }
    }
    return readings.stream().map(reading -> judge(reading, files)).toList();
  }

  private static PolicyReading judge(PolicyReading reading, Map<String, List<String>> files) {
    String name = reading.name();
    List<String> sharing = name == null ? List.of() : files.getOrDefault(name, List.of());
    if (sharing.size() < 2) {
      return reading;
    }
    String others =
        sharing.stream()
            .filter(file -> !file.equals(reading.file()))
            .collect(Collectors.joining(", "));
    return reading.with(
        new Problem(
            reading.file(),
            reading.nameLine(),
            reading.nameColumn(),
            "name '"
                + name
                + "' is also used by "
                + others
                + "; every policy needs a name of its own"));
  }
}
