package dev.backstop.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds up what many stories counted, by dotted names such as {@code fault.CRASH}. */
final class Totals {

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<Long, String> failures = new TreeMap<>();

  synchronized void add(String name, long count) {
    if (count != 0) {
      counts.merge(name, count, Long::sum);
    }
  }

  synchronized void addAll(Map<String, Long> more) {
    more.forEach(this::add);
  }

  synchronized void failed(long seed, String fault) {
    failures.put(seed, fault.replace('\n', ' '));
  }

  synchronized long of(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Returns the seeds that failed, each with its first fault. */
  synchronized Map<Long, String> failures() {
    return new TreeMap<>(failures);
  }

  /** Returns what is counted under a dotted prefix, by the rest of the name. */
  synchronized Map<String, Long> under(String prefix) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix + "."))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(prefix.length() + 1),
                Map.Entry::getValue,
                Long::sum,
                TreeMap::new));
  }

  /** Reads what was written; empty where nothing was. */
  static Totals read(Path file) throws IOException {
    Totals counts = new Totals();
    if (!Files.exists(file)) {
      return counts;
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] parts = line.split("\t", 2);
        if (parts[0].startsWith("failed.")) {
          counts.failed(Long.parseLong(parts[0].substring("failed.".length())), parts[1]);
        } else {
          counts.add(parts[0], Long.parseLong(parts[1]));
        }
      }
    }
    return counts;
  }

  /** Writes it so that whoever reads finds all of it or what was there before. */
  synchronized void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    counts.forEach((name, count) -> lines.add(name + "\t" + count));
    failures.forEach((seed, fault) -> lines.add("failed." + seed + "\t" + fault));
    Path spec = Path.of(file + ".new");
    Files.write(spec, lines);
    Files.move(spec, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
