package dev.backstop.store;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.store.format.RecordFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Converts records of clusters to their stored text and back, and remembers the last text of each
 * cluster with its meaning, as few looks change it. The revision is kept beside the text, and the
 * one within it may be an earlier one. Thread-safe.
 */
final class RecordTexts {

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(String text, ClusterRecord record) {}

  /** Reads a record; its revision is whatever the text says. */
  ClusterRecord read(String cluster, String text) {
    Known last = known.get(cluster);
    if (last == null || !last.text().equals(text)) {
      last = new Known(text, RecordFormat.CLUSTER_RECORD.read(cluster, text));
      known.put(cluster, last);
    }
    return last.record();
  }

  /** Returns a text that means this record, but for the revision. */
  String write(ClusterRecord record) {
    Known last = known.get(record.cluster());
    return last != null && last.record().atRevision(record.revision()).equals(record)
        ? last.text()
        : RecordFormat.CLUSTER_RECORD.write(record);
  }
}
