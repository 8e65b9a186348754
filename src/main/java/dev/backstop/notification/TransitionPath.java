package dev.backstop.notification;

import dev.backstop.plan.Reason;
import dev.backstop.plan.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of one kind on a cluster that have not been sent yet, in their order. Bounded: of
 * many, the oldest are dropped.
 */
final class TransitionPath {

  /** A state that flaps while nobody can be notified must not fill the memory. */
  private static final int MOST = 20;

  private final ClusterKind of;
  private final @Nullable State notified;
  private final long beganAt;
  private final List<Transition> transitions = new ArrayList<>();
  private boolean isStatementSent;

  /**
   * Begins where nothing is pending.
   *
   * @param notified the last state that was sent; null where none is known
   * @param beganAt when, on the monotonic clock, in nanoseconds
   */
  TransitionPath(ClusterKind of, @Nullable State notified, long beganAt) {
    this.of = of;
    this.notified = notified;
    this.beganAt = beganAt;
  }

  long beganAt() {
    return beganAt;
  }

  /** Returns the present state; null where none is known. */
  @Nullable State last() {
    return transitions.isEmpty() ? notified : transitions.get(transitions.size() - 1).state();
  }

  void add(State state, Instant since, Reason reason) {
    transitions.add(new Transition(of, last(), state, since, reason));
    if (transitions.size() > MOST) {
      transitions.remove(0);
    }
  }

  /** Adds what happened after it. */
  void append(TransitionPath later) {
    later.transitions.forEach(one -> add(one.state(), one.since(), one.reason()));
    isStatementSent |= later.isStatementSent;
  }

  /** Notes that a statement was sent on the way. */
  void onStatement() {
    isStatementSent = true;
  }

  /**
   * Returns what is to be sent. Nothing, where the state is the last one sent and no statement went
   * to the cluster meanwhile: a look that failed once, or a proof taken anew after a start. Nothing
   * either, where the first state that is known is as wanted.
   *
   * @param states the states whose beginning and end are sent
   */
  List<Transition> toSend(Set<State> states) {
    State last = last();
    boolean isBack = notified == null ? last == null || Transition.isQuiet(last) : notified == last;
    if (isBack && !isStatementSent) {
      return List.of();
    }
    return transitions.stream().filter(one -> isToSend(one, states)).toList();
  }

  private static boolean isToSend(Transition one, Set<State> states) {
    State from = one.from();
    return from == null
        ? !Transition.isQuiet(one.state()) && states.contains(one.state())
        : states.contains(one.state()) || states.contains(from);
  }
}
