package dev.backstop.store.format;

import dev.backstop.json.Json;
import dev.backstop.json.UnknownFieldException;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Converts one kind of record to the JSON that the store holds, and back.
 *
 * <p>A release writes nothing that the one before can't read: a new field is read by one release
 * and written from the next one on. What a later release wrote all the same is refused, never
 * dropped.
 *
 * @param <T> the record as the rest of the program knows it
 */
public final class RecordFormat<T> {

  /** The version that every record is written in; records without one are of the first. */
  static final int VERSION = 1;

  /** The record of one cluster. */
  public static final RecordFormat<ClusterRecord> CLUSTER_RECORD =
      new RecordFormat<>(
          "record of cluster",
          StoredClusterRecord.class,
          StoredClusterRecord::of,
          StoredClusterRecord::toDomain);

  /** A policy with what became of its file, on each of its clusters. */
  public static final RecordFormat<List<KnownPolicy>> KNOWN_POLICY =
      new RecordFormat<>(
          "policy", StoredKnownPolicy.class, StoredKnownPolicy::of, StoredKnownPolicy::toDomain);

  /** A broken file that never was a policy. */
  public static final RecordFormat<StrayFile> STRAY_FILE =
      new RecordFormat<>(
          "broken file", StoredStrayFile.class, StoredStrayFile::of, StoredStrayFile::toDomain);

  /** The last report of one cluster. */
  public static final RecordFormat<Report> REPORT =
      new RecordFormat<>(
          "report of cluster", StoredReport.class, StoredReport::of, StoredReport::toDomain);

  /** An entry of the history. */
  public static final RecordFormat<HistoryEntry> HISTORY_ENTRY =
      new RecordFormat<>(
          "history entry",
          StoredHistoryEntry.class,
          StoredHistoryEntry::of,
          StoredHistoryEntry::toDomain);

  private static final String NEWER =
      ", which a newer Backstop wrote; use that one, or upgrade this one to it";

  private final String title;
  private final Conversion<T, ?> conversion;

  private <S extends Versioned> RecordFormat(
      String title, Class<S> type, Function<T, S> store, Function<S, T> load) {
    this.title = title;
    this.conversion = new Conversion<>(type, store, load);
  }

  /** The part of any record, of whatever version, that says which one it is. */
  private record Head(@Nullable Integer format) implements Versioned {}

  private record Conversion<T, S extends Versioned>(
      Class<S> type, Function<T, S> store, Function<S, T> load) {

    String write(T value) {
      return Json.write(store.apply(value));
    }

    T read(String json) {
      S stored = Json.readKnown(json, type);
      if (stored.isNewer()) {
        throw new IllegalArgumentException("of a newer format");
      }
      return load.apply(stored);
    }
  }

  /** Returns the JSON of a record. */
  public String write(T value) {
    return conversion.write(value);
  }

  /**
   * Reads a record.
   *
   * @param name names the record among those of its kind, for the message
   * @throws IllegalArgumentException where it is malformed, or a newer program wrote it
   */
  public T read(String name, String json) {
    try {
      return conversion.read(json);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(title + " " + name + " " + problem(json, e), e);
    }
  }

  private static String problem(String json, RuntimeException e) {
    if (isNewer(json)) {
      return "is of a newer format than " + VERSION + NEWER;
    }
    if (e instanceof UnknownFieldException unknown) {
      return "has the field " + unknown.field() + NEWER;
    }
    return "is malformed: " + e.getMessage();
  }

  private static boolean isNewer(String json) {
    try {
      return Json.read(json, Head.class).isNewer();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
