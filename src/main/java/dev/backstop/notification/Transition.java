package dev.backstop.notification;

import dev.backstop.plan.Reason;
import dev.backstop.plan.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable change of one state into another.
 *
 * @param of whose state
 * @param from the state before; null where none is known
 * @param state the state that began
 * @param since when it began
 * @param reason why
 */
record Transition(ClusterKind of, @Nullable State from, State state, Instant since, Reason reason) {

  /** Returns whether all is as wanted again. */
  boolean isRecovery() {
    return from != null && !isQuiet(from) && isQuiet(state);
  }

  /** Returns whether a state needs nobody's attention. */
  static boolean isQuiet(State state) {
    return state.isConverged() || state == State.UNMANAGED;
  }
}
