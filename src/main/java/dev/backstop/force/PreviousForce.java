package dev.backstop.force;

import dev.backstop.plan.SentStatement.Result;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.text.Times;
import java.util.List;

/**
 * Immutable record of the last time that the forced end was sent.
 *
 * @param permit what the store keeps of it
 * @param recorded both destinations and their options as recorded then, a line each; empty where
 *     history does not go back so far
 */
record PreviousForce(ForcePermitRecord permit, List<String> recorded) {

  private static final int NOT_IN_SYNC = 4527;

  PreviousForce {
    recorded = List.copyOf(recorded);
  }

  /**
   * Returns whether it forbids to send it again: not where it was refused or never left, nor where
   * the destinations have been set again since, which is a new input. Where its outcome is unknown,
   * only another primary destination shows that: the same one may never have been emptied.
   */
  boolean forbidsAnother(BackupDestinations present) {
    Result result = permit.result();
    if (result == Result.REFUSED || result == Result.NOT_SENT) {
      return false;
    }
    // 4527 comes after both destinations were emptied (docs/oceanbase.md#force).
    boolean didEmpty = result == Result.ACCEPTED || permit.error() == NOT_IN_SYNC;
    return didEmpty ? !present.hasPrimary() : !present.hasOtherPrimaryThan(recorded);
  }

  /** Returns why it is not sent again, and what is done instead. */
  String refusal() {
    return "the forced end is on record: sent at %s by %s, %s. It is not sent again, with or without --even-so, until backup_dest has been set again; what is left is cancelled and looked at. Where it must be repeated all the same, that takes a person at a client"
        .formatted(Times.utc(permit.grantedAt()), permit.owner(), answer());
  }

  private String answer() {
    Result result = permit.result();
    if (result == null) {
      return "no answer on record";
    }
    return switch (result) {
      case OPEN -> "no answer on record";
      case ACCEPTED -> "answered OK";
      case REFUSED -> "refused with " + permit.error();
      case NOT_SENT -> "kept back by the gate";
      case RACE, UNKNOWN ->
          "outcome unknown" + (permit.error() == 0 ? "" : " (" + permit.error() + ")");
    };
  }
}
