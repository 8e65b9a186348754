package dev.backstop.force;

import dev.backstop.plan.Sent;
import dev.backstop.plan.Words;
import dev.backstop.reconcile.WarrantRecord;
import java.util.List;

/**
 * Remembers that the forced end was sent before.
 *
 * @param warrant what the store keeps of it
 * @param recorded both locations and their options as recorded then, a line each; empty where
 *     history does not go back so far
 */
record Earlier(WarrantRecord warrant, List<String> recorded) {

  private static final int NOT_IN_SYNC = 4527;

  Earlier {
    recorded = List.copyOf(recorded);
  }

  /**
   * Tells whether it stands in the way of sending it again: not where it was refused or never left,
   * nor where the locations have been set again since, which is a new situation. Where its outcome
   * is unknown, only another first location shows that: the same one may never have been emptied.
   */
  boolean stands(Destinations present) {
    Sent.Result result = warrant.result();
    if (result == Sent.Result.REFUSED || result == Sent.Result.NOT_SENT) {
      return false;
    }
    // 4527 comes after both locations were emptied (reference, section 7).
    boolean didEmpty = result == Sent.Result.ACCEPTED || warrant.error() == NOT_IN_SYNC;
    return didEmpty ? !present.hasPrimary() : !present.hasOtherPrimaryThan(recorded);
  }

  /** Says when, by whom and how it was answered. */
  String words() {
    return "sent at "
        + Words.time(warrant.grantedAt())
        + " by "
        + warrant.owner()
        + ", "
        + answer();
  }

  /** Says that it is not sent again, and what is done instead. */
  String refusal() {
    return "the forced end is on record: "
        + words()
        + ". It is not sent again, with or without --even-so, until backup_dest has been set again;"
        + " what is left is cancelled and looked at. Where it must be repeated all the same, that"
        + " takes a person at a client";
  }

  private String answer() {
    Sent.Result result = warrant.result();
    if (result == null || result == Sent.Result.OPEN) {
      return "no answer on record";
    }
    return switch (result) {
      case ACCEPTED -> "answered OK";
      case REFUSED -> "refused with " + warrant.error();
      case NOT_SENT -> "kept back by the gate";
      case OPEN, RACE, UNKNOWN ->
          "outcome unknown" + (warrant.error() == 0 ? "" : " (" + warrant.error() + ")");
    };
  }
}
