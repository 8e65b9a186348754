package dev.backstop.plan;

import dev.backstop.observation.JobObject;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of what was sent for a kind on a cluster and what was seen since.
 *
 * @param sent the last statement of each object
 * @param lookedAt when the last look began that showed the kind; null before the first
 * @param rows what the next statement would act on, as text: while unchanged, nothing has moved
 * @param rowsSince since when the rows are what they are; null before the first look
 * @param stopBegan when the outstanding stop was first sent; null while none is outstanding
 * @param waited how long the outstanding stop has waited since its last progress
 * @param waitingAt the look up to which that was counted; null while it does not count
 * @param quietSince the first of the looks that agree that nothing forbidden runs; null otherwise
 * @param quietAt the last of those looks; null otherwise
 * @param contest how often stopped jobs came back
 * @param policies the policies as last seen; a change is an edit
 * @param refusedFor what was true when the server refused, as text; empty where it did not
 * @param leftoverStops STOPs sent for other tenants' rows alone
 * @param state the state last shown; null before the first look
 * @param stateSince when that state began, by the wall clock; null before the first look
 */
public record StopRecord(
    Map<JobObject, SentStatement> sent,
    @Nullable TimelineInstant lookedAt,
    String rows,
    @Nullable TimelineInstant rowsSince,
    @Nullable TimelineInstant stopBegan,
    Duration waited,
    @Nullable TimelineInstant waitingAt,
    @Nullable TimelineInstant quietSince,
    @Nullable TimelineInstant quietAt,
    Contention contest,
    PolicyFingerprints policies,
    String refusedFor,
    int leftoverStops,
    @Nullable State state,
    @Nullable Instant stateSince) {

  /** How far apart two looks must be to agree on a stop. */
  public static final Duration SECOND_LOOK = Duration.ofSeconds(2);

  /** Nothing sent and nothing seen. */
  public static final StopRecord NONE =
      new StopRecord(
          Map.of(),
          null,
          "",
          null,
          null,
          Duration.ZERO,
          null,
          null,
          null,
          Contention.NONE,
          PolicyFingerprints.NONE,
          "",
          0,
          null,
          null);

  /** Copies the statements. */
  public StopRecord {
    sent = Map.copyOf(sent);
  }

  /** Returns the last statement sent for an object, if any. */
  public Optional<SentStatement> lastSent(JobObject object) {
    return Optional.ofNullable(sent.get(object));
  }

  /** Returns the last statement sent, if any. */
  public Optional<SentStatement> lastSent() {
    return sent.values().stream().max(Comparator.comparing(SentStatement::at));
  }

  /** Returns whether a stop was sent that is neither proven nor ended by an edit. */
  public boolean isStopOutstanding() {
    return stopBegan != null;
  }

  /** Returns whether two looks far enough apart agree that nothing forbidden runs. */
  public boolean isQuietTwice() {
    return new QuietPeriod(quietSince, quietAt).isProof();
  }

  /** Returns the record with a state shown, which begins now if it is another one. */
  public StopRecord showing(State shown, Instant now) {
    return shown == state ? this : change().state(shown, now).done();
  }

  /**
   * Returns the record once no policy names the cluster: what was under way is over, without proof
   * and without a return. What was sent is remembered, as its pace holds.
   */
  public StopRecord unmanaged(Instant now) {
    Change change = showing(State.UNMANAGED, now).change();
    change.abandonStop();
    change.quiet = QuietPeriod.NONE;
    change.contest = Contention.NONE;
    change.policies = PolicyFingerprints.NONE;
    return change.done();
  }

  /** Returns the record once a statement is permitted. */
  public StopRecord sending(SentStatement one, boolean forLeftoversOnly) {
    Change change = change();
    change.sent.put(one.statement().object(), one);
    if (change.stopBegan == null) {
      change.stopBegan = one.at();
      change.waited = Duration.ZERO;
    }
    change.refusedFor = "";
    change.leftoverStops += forLeftoversOnly ? 1 : 0;
    return change.done();
  }

  /**
   * Returns the record, as they were before a statement was permitted, once it has turned out that
   * it never left: it begins no stop, and a return is measured by the one before. Only its pace is
   * kept.
   */
  public StopRecord notSent(SentStatement one, String words) {
    Change change = change();
    change.sent.merge(
        one.statement().object(),
        one.withheld(null, words),
        (last, none) -> one.withheld(last, words));
    change.refusedFor = "";
    return change.done();
  }

  /**
   * Returns the record once the statement is answered.
   *
   * @param input what was true when it was sent, as text, to tell when a refusal may pass
   * @param at when it was answered: the server may have had it only just before
   */
  public StopRecord answered(
      Statement statement,
      SentStatement.Result result,
      String words,
      String input,
      TimelineInstant at) {
    Change change = change();
    change.sent.computeIfPresent(
        statement.object(), (object, one) -> one.answered(result, words, at));
    change.refusedFor = result == SentStatement.Result.REFUSED ? input : "";
    return change.done();
  }

  Change change() {
    return new Change(this);
  }

  /** Collects changes; package-private and short-lived, so that no half-changed record escapes. */
  static final class Change {
    final Map<JobObject, SentStatement> sent = new EnumMap<>(JobObject.class);
    @Nullable TimelineInstant lookedAt;
    String rows;
    @Nullable TimelineInstant rowsSince;
    @Nullable TimelineInstant stopBegan;
    Duration waited;
    @Nullable TimelineInstant waitingAt;
    QuietPeriod quiet;
    Contention contest;
    PolicyFingerprints policies;
    String refusedFor;
    int leftoverStops;
    private @Nullable State state;
    private @Nullable Instant stateSince;

    private Change(StopRecord from) {
      sent.putAll(from.sent);
      lookedAt = from.lookedAt;
      rows = from.rows;
      rowsSince = from.rowsSince;
      stopBegan = from.stopBegan;
      waited = from.waited;
      waitingAt = from.waitingAt;
      quiet = new QuietPeriod(from.quietSince, from.quietAt);
      contest = from.contest;
      policies = from.policies;
      refusedFor = from.refusedFor;
      leftoverStops = from.leftoverStops;
      state = from.state;
      stateSince = from.stateSince;
    }

    void endStop() {
      stopBegan = null;
      waited = Duration.ZERO;
      waitingAt = null;
    }

    /** Ends a stop without proof; what starts from now on is no return. */
    void abandonStop() {
      endStop();
      sent.replaceAll((object, one) -> one.withReturn());
    }

    private Change state(State shown, Instant now) {
      state = shown;
      stateSince = now;
      return this;
    }

    StopRecord done() {
      return new StopRecord(
          sent,
          lookedAt,
          rows,
          rowsSince,
          stopBegan,
          waited,
          waitingAt,
          quiet.since(),
          quiet.until(),
          contest,
          policies,
          refusedFor,
          leftoverStops,
          state,
          stateSince);
    }
  }
}
