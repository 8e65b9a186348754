package dev.backstop.plan;

import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was sent for a kind on a cluster and what was seen since; immutable.
 *
 * @param sent the last statement of each object
 * @param rows what ran at the last answered look, as text: unchanged rows mean no progress
 * @param rowsSince since when the rows are what they are; null before the first look
 * @param stopBegan when the outstanding stop was first sent; null while none is outstanding
 * @param waited how long the outstanding stop has waited since its last progress
 * @param waitingAt the last look up to which that was counted; null while it does not count
 * @param quietSince the first of the looks that agree that nothing forbidden runs; null otherwise
 * @param quietAt the last of those looks; null otherwise
 * @param returns when stopped jobs came back, oldest first
 * @param wishes the policies as last seen, as text; a change ends contests
 * @param refusedFor what was true when the server refused, as text; empty where it did not
 * @param leftoverStops STOPs sent for other tenants' rows alone
 * @param state the state last shown; null before the first look
 * @param stateSince when that state began
 */
public record Attempts(
    Map<JobObject, Sent> sent,
    String rows,
    @Nullable Instant rowsSince,
    @Nullable Instant stopBegan,
    Duration waited,
    @Nullable Instant waitingAt,
    @Nullable Instant quietSince,
    @Nullable Instant quietAt,
    List<Instant> returns,
    String wishes,
    String refusedFor,
    int leftoverStops,
    @Nullable State state,
    @Nullable Instant stateSince) {

  /** Nothing sent and nothing seen. */
  public static final Attempts NONE =
      new Attempts(
          Map.of(),
          "",
          null,
          null,
          Duration.ZERO,
          null,
          null,
          null,
          List.of(),
          "",
          "",
          0,
          null,
          null);

  /** Copies its collections. */
  public Attempts {
    sent = Map.copyOf(sent);
    returns = List.copyOf(returns);
  }

  /** Returns the last statement sent for an object, if any. */
  public Optional<Sent> lastSent(JobObject object) {
    return Optional.ofNullable(sent.get(object));
  }

  /** Returns the last statement sent for a kind, if any. */
  public Optional<Sent> lastSent(Kind kind) {
    return sent.values().stream()
        .filter(one -> one.statement().kind() == kind)
        .max(Comparator.comparing(Sent::at));
  }

  /** Tells whether a stop was sent that is neither proven nor ended by an edit. */
  public boolean isStopOutstanding() {
    return stopBegan != null;
  }

  Map<JobObject, Sent> withSent(JobObject object, Sent one) {
    EnumMap<JobObject, Sent> all = new EnumMap<>(JobObject.class);
    all.putAll(sent);
    all.put(object, one);
    return all;
  }
}
