package dev.backstop.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reason not to send a statement.
 *
 * @param state the state that this makes; null where it only makes a statement wait
 * @param reason why, with its release
 * @param until when it ends by itself; null where it needs somebody or something else
 */
record Veto(@Nullable State state, Reason reason, @Nullable Instant until) {

  /** Makes a state that lasts until something changes. */
  static Veto of(State state, ReasonCode code, String words, String release) {
    return new Veto(state, new Reason(code, words, release), null);
  }

  /** Makes a statement wait. */
  static Veto waiting(ReasonCode code, String words, Instant until) {
    return new Veto(null, Reason.of(code, words), until);
  }
}
