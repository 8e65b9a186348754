package dev.backstop.state;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entry of history: one decision, statement or result.
 *
 * @param time when
 * @param daemon the daemon's configured name
 * @param by {@code daemon}, {@code apply} or a person's login
 * @param cluster empty where it concerns no single cluster
 * @param kind null where it concerns both or none
 * @param policy empty where it concerns no single policy
 * @param event what happened
 * @param reason why, in words
 * @param statement null where none is concerned
 * @param jobsBefore what ran when it was decided
 * @param jobsAfter what ran when the result was seen
 * @param outcome null where there is none
 * @param byHand the text of a statement that only a person's command sends; null for any other
 */
public record HistoryEntry(
    Instant time,
    String daemon,
    String by,
    String cluster,
    @Nullable Kind kind,
    String policy,
    Event event,
    String reason,
    @Nullable Statement statement,
    List<Job> jobsBefore,
    List<Job> jobsAfter,
    SentStatement.@Nullable Result outcome,
    @Nullable String byHand) {

  /** The most jobs that an entry lists; its reason says that there are more. */
  private static final int MOST_JOBS = 100;

  /** Copies its lists, as far as they are kept. */
  public HistoryEntry {
    jobsBefore = List.copyOf(jobsBefore.subList(0, Math.min(MOST_JOBS, jobsBefore.size())));
    jobsAfter = List.copyOf(jobsAfter.subList(0, Math.min(MOST_JOBS, jobsAfter.size())));
  }

  /** Creates an entry of a policy or of the daemon itself. */
  public static HistoryEntry of(
      Instant time, Actor actor, String cluster, String policy, Event event, String reason) {
    return new HistoryEntry(
        time,
        actor.daemon(),
        actor.by(),
        cluster,
        null,
        policy,
        event,
        reason,
        null,
        List.of(),
        List.of(),
        null,
        null);
  }

  /** Creates an entry of a kind on a cluster. */
  public static HistoryEntry of(
      Instant time, Actor actor, String cluster, Kind kind, Event event, String reason) {
    return of(time, actor, cluster, "", event, reason).ofKind(kind);
  }

  private HistoryEntry ofKind(Kind half) {
    return with(half, policy, statement, jobsBefore, jobsAfter, outcome, byHand);
  }

  /** Adds the policy concerned. */
  public HistoryEntry ofPolicy(String name) {
    return with(kind, name, statement, jobsBefore, jobsAfter, outcome, byHand);
  }

  /** Adds what runs, where no statement is concerned. */
  public HistoryEntry running(List<Job> jobs) {
    return with(kind, policy, statement, jobs, jobsAfter, outcome, byHand);
  }

  /** Adds the statement concerned and what ran when it was decided. */
  public HistoryEntry sending(Statement sent, List<Job> before) {
    return with(kind, policy, sent, before, jobsAfter, outcome, byHand);
  }

  /** Adds a statement that only a person's command sends, and what ran when it was decided. */
  public HistoryEntry sendingByHand(String text, List<Job> before) {
    return with(kind, policy, null, before, jobsAfter, outcome, text);
  }

  /** Returns the text of the statement concerned; null where none is. */
  public @Nullable String sql() {
    return statement == null ? byHand : statement.sql();
  }

  /** Adds how it ended and what ran then. */
  public HistoryEntry ending(SentStatement.Result result, List<Job> after) {
    return with(kind, policy, statement, jobsBefore, after, result, byHand);
  }

  /** Returns the same entry of the same event with these parts. */
  private HistoryEntry with(
      @Nullable Kind half,
      String name,
      @Nullable Statement sent,
      List<Job> before,
      List<Job> after,
      SentStatement.@Nullable Result result,
      @Nullable String text) {
    return new HistoryEntry(
        time, daemon, by, cluster, half, name, event, reason, sent, before, after, result, text);
  }
}
