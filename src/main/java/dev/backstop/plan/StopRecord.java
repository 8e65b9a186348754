package dev.backstop.plan;

import dev.backstop.observation.JobObject;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of what was sent for a kind on a cluster and what was seen since.
 *
 * @param sent the last statement of each object
 * @param phase whether a stop is outstanding, and whether its proof has begun
 * @param contention how often stopped jobs came back
 * @param policies the policies as last seen; a change is an edit
 * @param refusedFor what was true when the server refused, as text; empty where it did not
 * @param leftoverStops STOPs sent for other tenants' rows alone
 * @param lastLook the last look that showed the kind; null before the first
 * @param shown the state last shown; null before the first look
 */
public record StopRecord(
    Map<JobObject, SentStatement> sent,
    StopPhase phase,
    Contention contention,
    PolicyFingerprints policies,
    String refusedFor,
    int leftoverStops,
    @Nullable LastLook lastLook,
    @Nullable ShownState shown) {

  /** Nothing sent and nothing seen. */
  public static final StopRecord NONE =
      new StopRecord(
          Map.of(),
          new StopPhase.Idle(),
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
    return phase.outstanding().isPresent();
  }

  /** Returns whether two looks far enough apart agree that nothing forbidden runs. */
  public boolean isQuietTwice() {
    return phase.quietPeriod().filter(QuietPeriod::isProof).isPresent();
  }

  /** Returns whether time alone changes nothing: no stop, no proof and no contest is under way. */
  boolean isAtRest() {
    return !isStopOutstanding()
        && phase.quietPeriod().filter(period -> !period.isProof()).isEmpty()
        && contention.equals(Contention.NONE);
  }

  /** Returns when the outstanding stop was first sent, if there is one. */
  public Optional<TimelineInstant> stopBegan() {
    return phase.outstanding().map(OutstandingStop::began);
  }

  /** Returns whether a stop is outstanding that was begun at an instant or before. */
  boolean hasBegunBy(TimelineInstant instant) {
    return stopBegan().filter(began -> !began.isAfter(instant)).isPresent();
  }

  /** Returns how long the outstanding stop has waited; zero where there is none. */
  public Duration waited() {
    return phase.outstanding().map(OutstandingStop::waited).orElse(Duration.ZERO);
  }

  /** Returns whether a state is the one last shown. */
  public boolean isShown(State state) {
    return shown != null && shown.state() == state;
  }

  /** Returns whether it says the same as another record but for when the last look was. */
  boolean differsInLookTimesOnly(StopRecord other) {
    return withoutConfirmations().equals(other.withoutConfirmations());
  }

  private StopRecord withoutConfirmations() {
    LastLook last =
        lastLook == null
            ? null
            : new LastLook(TimelineInstant.MIN, lastLook.rows(), lastLook.rowsSince());
    return new StopRecord(
        sent,
        phase.withoutConfirmations(),
        contention,
        policies,
        refusedFor,
        leftoverStops,
        last,
        shown);
  }

  /**
   * Returns the record after a look that was judged by an older record: it begins no proof and
   * completes none, and takes none back.
   */
  StopRecord interruptedAt(TimelineInstant look) {
    boolean isSeenSince = lastLook != null && !lastLook.at().isBefore(look);
    return isSeenSince || (isQuietTwice() && !isStopOutstanding()) ? this : with(phase.unseen());
  }

  /** Returns the record with a state shown, which begins now if it is another one. */
  public StopRecord showing(State state, Instant now) {
    return isShown(state)
        ? this
        : new StopRecord(
            sent,
            phase,
            contention,
            policies,
            refusedFor,
            leftoverStops,
            lastLook,
            new ShownState(state, now));
  }

  /**
   * Returns the record once no policy names the cluster: what was under way is over, without proof
   * and without a return. What was sent is remembered, as its pace holds.
   */
  public StopRecord unmanaged(Instant now) {
    return showing(State.UNMANAGED, now)
        .abandoned()
        .with(new StopPhase.Idle())
        .with(Contention.NONE)
        .with(PolicyFingerprints.NONE);
  }

  /** Returns the record once a statement is permitted. */
  public StopRecord sending(SentStatement one, boolean forLeftoversOnly) {
    int leftovers = leftoverStops + (forLeftoversOnly ? 1 : 0);
    return with(one).with(phase.sent(one.at())).withoutRefusal().withLeftoverStops(leftovers);
  }

  /**
   * Returns the record as it was before a statement was permitted, once it has turned out that the
   * statement never left: it begins no stop, and a return is measured by the one before. Only its
   * pace is kept.
   */
  public StopRecord notSent(SentStatement one, String words) {
    SentStatement last = sent.get(one.object());
    return with(one.withheld(last, words)).withoutRefusal();
  }

  /**
   * Returns the record once the statement is answered.
   *
   * @param context what was true when it was sent, as text, to tell when a refusal may pass
   * @param at when it was answered: the server may have had it only just before
   */
  public StopRecord answered(
      Statement statement,
      SentStatement.Result result,
      String words,
      String context,
      TimelineInstant at) {
    return withEach(
            one -> one.object() == statement.object() ? one.answered(result, words, at) : one)
        .withRefusal(result == SentStatement.Result.REFUSED ? context : "");
  }

  /** Returns the record after a stop that ended without proof; what starts now is no return. */
  StopRecord abandoned() {
    return with(phase.ended()).withEach(SentStatement::withReturn);
  }

  private StopRecord with(SentStatement one) {
    Map<JobObject, SentStatement> all = new EnumMap<>(JobObject.class);
    all.putAll(sent);
    all.put(one.object(), one);
    return withSent(all);
  }

  /** Returns the record with each of its statements changed. */
  StopRecord withEach(UnaryOperator<SentStatement> change) {
    Map<JobObject, SentStatement> all = new EnumMap<>(JobObject.class);
    sent.forEach((object, one) -> all.put(object, change.apply(one)));
    return withSent(all);
  }

  private StopRecord withSent(Map<JobObject, SentStatement> all) {
    return new StopRecord(
        all, phase, contention, policies, refusedFor, leftoverStops, lastLook, shown);
  }

  StopRecord with(StopPhase next) {
    return new StopRecord(
        sent, next, contention, policies, refusedFor, leftoverStops, lastLook, shown);
  }

  StopRecord with(Contention next) {
    return new StopRecord(sent, phase, next, policies, refusedFor, leftoverStops, lastLook, shown);
  }

  StopRecord with(PolicyFingerprints present) {
    return new StopRecord(
        sent, phase, contention, present, refusedFor, leftoverStops, lastLook, shown);
  }

  StopRecord withoutRefusal() {
    return withRefusal("");
  }

  private StopRecord withRefusal(String context) {
    return new StopRecord(
        sent, phase, contention, policies, context, leftoverStops, lastLook, shown);
  }

  StopRecord withLeftoverStops(int count) {
    return new StopRecord(sent, phase, contention, policies, refusedFor, count, lastLook, shown);
  }

  StopRecord with(LastLook look) {
    return new StopRecord(
        sent, phase, contention, policies, refusedFor, leftoverStops, look, shown);
  }
}
