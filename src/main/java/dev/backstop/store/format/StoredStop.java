package dev.backstop.store.format;

import dev.backstop.observation.JobObject;
import dev.backstop.plan.Contention;
import dev.backstop.plan.LastLook;
import dev.backstop.plan.OutstandingStop;
import dev.backstop.plan.PolicyFingerprints;
import dev.backstop.plan.QuietPeriod;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.ShownState;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopPhase;
import dev.backstop.plan.StopRecord;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    StopPhase phase = stop.phase();
    QuietPeriod quiet = phase.quietPeriod().orElse(null);
    LastLook look = stop.lastLook();
    ShownState shown = stop.shown();
    return new StoredStop(
        sent,
        look == null ? null : look.at().value(),
        look == null ? "" : look.rows(),
        look == null ? null : look.rowsSince().value(),
        stop.stopBegan().map(TimelineInstant::value).orElse(null),
        stop.waited(),
        StoredInstants.of(phase.countedUntil()),
        quiet == null ? null : quiet.since().value(),
        quiet == null ? null : quiet.until().value(),
        Contest.of(stop.contention()),
        stop.policies().text(),
        stop.refusedFor(),
        stop.leftoverStops(),
        shown == null ? null : shown.state(),
        shown == null ? null : shown.since());
  }

  StopRecord toDomain() {
    Map<JobObject, SentStatement> statements = new EnumMap<>(JobObject.class);
    sent.forEach((object, statement) -> statements.put(object, statement.toDomain()));
    return new StopRecord(
        statements,
        phase(),
        contest.toDomain(),
        PolicyFingerprints.parse(wishes),
        refusedFor,
        leftoverStops,
        lastLook(),
        state == null || stateSince == null ? null : new ShownState(state, stateSince));
  }

  private StopPhase phase() {
    Optional<OutstandingStop> stop =
        Optional.ofNullable(StoredInstants.toDomain(stopBegan))
            .map(began -> new OutstandingStop(began, waited));
    Optional<QuietPeriod> quiet =
        quietSince == null || quietAt == null
            ? Optional.empty()
            : Optional.of(
                new QuietPeriod(new TimelineInstant(quietSince), new TimelineInstant(quietAt)));
    return StopPhase.of(stop, quiet, StoredInstants.toDomain(waitingAt));
  }

  private @Nullable LastLook lastLook() {
    return lookedAt == null || rowsSince == null
        ? null
        : new LastLook(new TimelineInstant(lookedAt), rows, new TimelineInstant(rowsSince));
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
