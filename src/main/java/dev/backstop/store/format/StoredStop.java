package dev.backstop.store.format;

import dev.backstop.observation.JobObject;
import dev.backstop.plan.Contention;
import dev.backstop.plan.PolicyFingerprints;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopRecord;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was sent for one kind on a cluster and what was seen since. */
record StoredStop(
    Map<JobObject, Sent> sent,
    @Nullable Instant lookedAt,
    String rows,
    @Nullable Instant rowsSince,
    @Nullable Instant stopBegan,
    Duration waited,
    @Nullable Instant waitingAt,
    @Nullable Instant quietSince,
    @Nullable Instant quietAt,
    Contest contest,
    String wishes,
    String refusedFor,
    int leftoverStops,
    @Nullable State state,
    @Nullable Instant stateSince) {

  static StoredStop of(StopRecord stop) {
    Map<JobObject, Sent> sent = new EnumMap<>(JobObject.class);
    stop.sent().forEach((object, statement) -> sent.put(object, Sent.of(statement)));
    return new StoredStop(
        sent,
        StoredInstants.of(stop.lookedAt()),
        stop.rows(),
        StoredInstants.of(stop.rowsSince()),
        StoredInstants.of(stop.stopBegan()),
        stop.waited(),
        StoredInstants.of(stop.waitingAt()),
        StoredInstants.of(stop.quietSince()),
        StoredInstants.of(stop.quietAt()),
        Contest.of(stop.contest()),
        stop.policies().text(),
        stop.refusedFor(),
        stop.leftoverStops(),
        stop.state(),
        stop.stateSince());
  }

  StopRecord toDomain() {
    Map<JobObject, SentStatement> statements = new EnumMap<>(JobObject.class);
    sent.forEach((object, statement) -> statements.put(object, statement.toDomain()));
    return new StopRecord(
        statements,
        StoredInstants.toDomain(lookedAt),
        rows,
        StoredInstants.toDomain(rowsSince),
        StoredInstants.toDomain(stopBegan),
        waited,
        StoredInstants.toDomain(waitingAt),
        StoredInstants.toDomain(quietSince),
        StoredInstants.toDomain(quietAt),
        contest.toDomain(),
        PolicyFingerprints.parse(wishes),
        refusedFor,
        leftoverStops,
        state,
        stateSince);
  }

  record Contest(List<Instant> returns, int count) {

    static Contest of(Contention contention) {
      return new Contest(
          contention.returns().stream().map(TimelineInstant::value).toList(), contention.count());
    }

    Contention toDomain() {
      return new Contention(returns.stream().map(TimelineInstant::new).toList(), count);
    }
  }

  /** The last statement for one object. */
  record Sent(
      Statement statement,
      Instant at,
      long lowestJob,
      long highestJob,
      boolean progressed,
      boolean proven,
      boolean returned,
      SentStatement.Result result,
      String words) {

    static Sent of(SentStatement sent) {
      return new Sent(
          sent.statement(),
          sent.at().value(),
          sent.lowestJob(),
          sent.highestJob(),
          sent.progressed(),
          sent.proven(),
          sent.returned(),
          sent.result(),
          sent.words());
    }

    SentStatement toDomain() {
      return new SentStatement(
          statement,
          new TimelineInstant(at),
          lowestJob,
          highestJob,
          progressed,
          proven,
          returned,
          result,
          words);
    }
  }
}
