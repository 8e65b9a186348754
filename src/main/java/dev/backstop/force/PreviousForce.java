package dev.backstop.force;

import dev.backstop.plan.SentStatement;
import dev.backstop.plan.TimeWords;
import dev.backstop.state.ForcePermitRecord;
import java.util.List;

/**
 * Remembers that the forced end was sent before.
 *
 * @param forcePermit what the store keeps of it
 * @param recorded both locations and their options as recorded then, a line each; empty where
 *     history does not go back so far
 */
record PreviousForce(ForcePermitRecord forcePermit, List<String> recorded) {

  private static final int NOT_IN_SYNC = 4527;

  PreviousForce {
    recorded = List.copyOf(recorded);
  }

  /**
   * Tells whether it stands in the way of sending it again: not where it was refused or never left,
   * nor where the locations have been set again since, which is a new situation. Where its outcome
   * is unknown, only another first location shows that: the same one may never have been emptied.
   */
  boolean stands(BackupDestinations present) {
    SentStatement.Result result = forcePermit.result();
    if (result == SentStatement.Result.REFUSED || result == SentStatement.Result.NOT_SENT) {
      return false;
    }
    // 4527 comes after both locations were emptied (docs/oceanbase.md#force).
    boolean didEmpty =
        result == SentStatement.Result.ACCEPTED || forcePermit.error() == NOT_IN_SYNC;
    return didEmpty ? !present.hasPrimary() : !present.hasOtherPrimaryThan(recorded);
  }

  /** Says when, by whom and how it was answered. */
  String words() {
    return "sent at "
        + TimeWords.time(forcePermit.grantedAt())
        + " by "
        + forcePermit.owner()
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
    SentStatement.Result result = forcePermit.result();
    if (result == null || result == SentStatement.Result.OPEN) {
      return "no answer on record";
    }
    return switch (result) {
      case ACCEPTED -> "answered OK";
      case REFUSED -> "refused with " + forcePermit.error();
      case NOT_SENT -> "kept back by the gate";
      case OPEN, RACE, UNKNOWN ->
          "outcome unknown" + (forcePermit.error() == 0 ? "" : " (" + forcePermit.error() + ")");
    };
  }
}
