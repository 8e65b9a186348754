package dev.backstop.state;

import dev.backstop.plan.SentStatement;
import java.time.Instant;

/**
 * How a statement ended, as far as the answer says; only the views show what it did.
 *
 * @param result how it ended; never OPEN
 * @param error the server's error number, 0 for none
 * @param words the server's or driver's words without credentials, empty for OK
 * @param at when the answer came
 */
public record Outcome(SentStatement.Result result, int error, String words, Instant at) {

  /** Returns it in words, as the history shows it. */
  public String description() {
    return switch (result) {
      case ACCEPTED -> "accepted, which is a request recorded and no proof";
      case REFUSED -> "refused with " + error + ": " + words;
      case RACE -> "overtaken by another change, it is soon tried again: " + words;
      case UNKNOWN -> "outcome unknown, the next look decides: " + words;
      case NOT_SENT -> "not sent: " + words;
      case OPEN -> throw new IllegalStateException("an outcome is never open");
    };
  }
}
