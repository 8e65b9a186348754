package dev.backstop.store.format;

import dev.backstop.observation.Kind;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of the history. */
record StoredHistoryEntry(
    @Nullable Integer format,
    Instant time,
    String daemon,
    String by,
    String cluster,
    @Nullable Kind kind,
    String policy,
    Event event,
    String reason,
    @Nullable Statement statement,
    List<StoredJob> jobsBefore,
    List<StoredJob> jobsAfter,
    SentStatement.@Nullable Result outcome,
    @Nullable String byHand)
    implements Versioned {

  static StoredHistoryEntry of(HistoryEntry entry) {
    return new StoredHistoryEntry(
        RecordFormat.VERSION,
        entry.time(),
        entry.daemon(),
        entry.by(),
        entry.cluster(),
        entry.kind(),
        entry.policy(),
        entry.event(),
        entry.reason(),
        entry.statement(),
        StoredJob.of(entry.jobsBefore()),
        StoredJob.of(entry.jobsAfter()),
        entry.outcome(),
        entry.byHand());
  }

  HistoryEntry toDomain() {
    return new HistoryEntry(
        time,
        daemon,
        by,
        cluster,
        kind,
        policy,
        event,
        reason,
        statement,
        StoredJob.toDomain(jobsBefore),
        StoredJob.toDomain(jobsAfter),
        outcome,
        byHand);
  }
}
