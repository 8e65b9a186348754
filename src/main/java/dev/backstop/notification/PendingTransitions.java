package dev.backstop.notification;

import dev.backstop.config.NotificationSettings;
import dev.backstop.plan.Reason;
import dev.backstop.plan.State;
import dev.backstop.state.NotifiedState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The last state that one notification has sent of each kind, and what is pending. Nothing is lost
 * by a delivery that fails: what is pending stays, and grows by what happens meanwhile.
 * Thread-safe; no method waits.
 *
 * <p>Times are nanoseconds of the monotonic clock.
 */
final class PendingTransitions {

  /** How long the transitions after a first one are gathered into its message. */
  static final Duration GROUP = Duration.ofSeconds(10);

  /** Nanoseconds count no longer than 292 years. */
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final Map<ClusterKind, State> notified = new HashMap<>();
  private final Map<ClusterKind, TransitionPath> pending = new TreeMap<>();
  private final Map<ClusterKind, Long> messages = new HashMap<>();
  private final Map<ClusterKind, State> unsaved = new LinkedHashMap<>();
  private Map<ClusterKind, TransitionPath> delivering = Map.of();

  /** Begins with what was sent before this start. */
  PendingTransitions(Collection<NotifiedState> before) {
    before.forEach(one -> notified.put(new ClusterKind(one.cluster(), one.kind()), one.state()));
  }

  /** Notes the present state of a kind; returns whether it is another than before. */
  synchronized boolean observe(
      ClusterKind of, State state, Instant since, Reason reason, long now) {
    if (state == last(of)) {
      return false;
    }
    path(of, now).add(state, since, reason);
    return true;
  }

  /**
   * Notes that a statement was sent for a kind, which makes a return to its state worth a message.
   */
  synchronized void onStatement(ClusterKind of, long now) {
    path(of, now).onStatement();
  }

  private TransitionPath path(ClusterKind of, long now) {
    return pending.computeIfAbsent(of, key -> new TransitionPath(key, last(key), now));
  }

  private @Nullable State last(ClusterKind of) {
    TransitionPath path = pending.getOrDefault(of, delivering.get(of));
    return path == null ? notified.get(of) : path.last();
  }

  /** Returns the kinds of which a state is known. */
  synchronized Set<ClusterKind> known() {
    Set<ClusterKind> known = new TreeSet<>(notified.keySet());
    known.addAll(pending.keySet());
    known.addAll(delivering.keySet());
    return known;
  }

  /** Returns when the next message is due; empty where nothing waits. */
  synchronized OptionalLong nextDue(Duration every) {
    return pending.entrySet().stream()
        .mapToLong(
            one ->
                Math.max(one.getValue().beganAt() + GROUP.toNanos(), pacedAt(one.getKey(), every)))
        .min();
  }

  /** Returns when a message about a kind may be sent again. */
  private long pacedAt(ClusterKind of, Duration every) {
    Long last = messages.get(of);
    return last == null
        ? Long.MIN_VALUE
        : last + (every.compareTo(LONGEST) < 0 ? every : LONGEST).toNanos();
  }

  /**
   * Takes the transitions of a message, by cluster and kind, until {@link #onDelivered} or {@link
   * #onFailed}; what needs no message counts as sent. Returns none where no message is due.
   */
  synchronized List<Transition> take(NotificationSettings settings, long now) {
    Duration every = settings.every();
    OptionalLong due = nextDue(every);
    if (due.isEmpty() || due.getAsLong() > now) {
      return List.of();
    }
    List<Transition> all = new ArrayList<>();
    Map<ClusterKind, TransitionPath> taken = new TreeMap<>();
    for (ClusterKind of : List.copyOf(pending.keySet())) {
      if (pacedAt(of, every) <= now) {
        TransitionPath path = Objects.requireNonNull(pending.remove(of));
        List<Transition> toSend = path.toSend(settings.on());
        if (toSend.isEmpty()) {
          settle(of, path);
        } else {
          all.addAll(toSend);
          taken.put(of, path);
        }
      }
    }
    delivering = taken;
    return all;
  }

  /** Returns whether nothing waits to be sent. */
  synchronized boolean isEmpty() {
    return pending.isEmpty() && delivering.isEmpty();
  }

  /** Notes that what was taken has been delivered. */
  synchronized void onDelivered(long now) {
    delivering.forEach(
        (of, path) -> {
          settle(of, path);
          messages.put(of, now);
        });
    delivering = Map.of();
  }

  /** Puts back what was taken, before what has happened since. */
  synchronized void onFailed() {
    delivering.forEach(
        (of, path) -> {
          TransitionPath later = pending.put(of, path);
          if (later != null) {
            path.append(later);
          }
        });
    delivering = Map.of();
  }

  private void settle(ClusterKind of, TransitionPath path) {
    State last = path.last();
    if (last == null || last == notified.get(of)) {
      return;
    }
    unsaved.put(of, last);
    if (last == State.UNMANAGED) {
      notified.remove(of);
      messages.remove(of);
    } else {
      notified.put(of, last);
    }
  }

  /** Returns what is sent and not yet saved. */
  synchronized List<NotifiedState> unsaved() {
    return unsaved.entrySet().stream()
        .map(one -> new NotifiedState(one.getKey().cluster(), one.getKey().kind(), one.getValue()))
        .toList();
  }

  /** Notes that these were saved. */
  synchronized void onSaved(List<NotifiedState> saved) {
    saved.forEach(one -> unsaved.remove(new ClusterKind(one.cluster(), one.kind()), one.state()));
  }
}
