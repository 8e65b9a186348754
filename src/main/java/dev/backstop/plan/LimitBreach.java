package dev.backstop.plan;

/**
 * Reason for which an on does not permit a job.
 *
 * @param limit which limit the job is outside of
 * @param words what follows the job's name in a sentence
 */
public record LimitBreach(LimitBreach.Limit limit, String words) {

  /** Returns whether the on says off of the job, and not only that it can't tell. */
  boolean isOff() {
    return limit != Limit.UNKNOWN_DESTINATION;
  }

  /** The limits of an on. */
  public enum Limit {
    /** Its backup window is closed. */
    WINDOW(ReasonCode.OUTSIDE_WINDOW),
    /** It has run for too long. */
    RUNTIME(ReasonCode.RUNTIME_EXCEEDED),
    /** It writes to a place that is not listed. */
    DESTINATION(ReasonCode.DESTINATION_NOT_LISTED),
    /** Where it writes to can't be read: it is neither permitted nor off. */
    UNKNOWN_DESTINATION(ReasonCode.DESTINATION_UNREADABLE);

    private final ReasonCode code;

    Limit(ReasonCode code) {
      this.code = code;
    }

    ReasonCode code() {
      return code;
    }
  }
}
