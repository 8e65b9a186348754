package dev.backstop.folder;

import dev.backstop.config.PolicyReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Knows which files claim the same policy name: none of them is the one that counts. */
final class DuplicateNames {

  /** The files of each name that several claim. */
  private final Map<String, TreeSet<String>> files = new HashMap<>();

  private DuplicateNames(List<PolicyReading> readings) {
    Map<String, String> first = new HashMap<>();
    for (PolicyReading reading : readings) {
      String name = reading.name();
      String other = name == null ? null : first.putIfAbsent(name, reading.file());
      if (other != null) {
        files.computeIfAbsent(name, one -> new TreeSet<>(List.of(other))).add(reading.file());
      }
    }
  }

  /** Finds the names that several of these files claim. */
  static DuplicateNames among(List<PolicyReading> readings) {
    return new DuplicateNames(readings);
  }

  /** Returns the names that several files claim. */
  Set<String> names() {
    return files.keySet();
  }

  /** Returns whether several files claim a name; none claims null. */
  boolean isShared(@Nullable String name) {
    return name != null && files.containsKey(name);
  }

  /** Returns one of the readings, with a problem more where it shares its name. */
  PolicyReading refuse(PolicyReading reading) {
    TreeSet<String> claiming = reading.name() == null ? null : files.get(reading.name());
    if (claiming == null) {
      return reading;
    }
    TreeSet<String> others = new TreeSet<>(claiming);
    others.remove(reading.file());
    return reading.sharingNameWith(others);
  }
}
