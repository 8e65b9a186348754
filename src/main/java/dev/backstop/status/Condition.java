package dev.backstop.status;

import dev.backstop.plan.State;
import dev.backstop.state.Report;
import java.util.Comparator;

/** Classes of states that people count clusters by, the worst first. */
public enum Condition {
  WRONG_CLUSTER("wrong cluster"),
  UNKNOWN("unknown"),
  UNSUPPORTED("unsupported"),
  NOT_VERIFIED("not verified"),
  REFUSED("refused"),
  CONTESTED("contested"),
  BLOCKED("blocked"),
  HELD("held"),
  DISARMED("disarmed"),
  WOULD_STOP("would stop"),
  STOPPING("stopping"),
  AS_WANTED("as wanted"),
  UNMANAGED("unmanaged");

  private final String word;

  Condition(String word) {
    this.word = word;
  }

  /** Returns the word that people see. */
  public String word() {
    return word;
  }

  /** Returns the condition of a state. */
  public static Condition of(State state) {
    return switch (state) {
      case WRONG_CLUSTER -> WRONG_CLUSTER;
      case UNKNOWN -> UNKNOWN;
      case UNSUPPORTED -> UNSUPPORTED;
      case NOT_VERIFIED -> NOT_VERIFIED;
      case REFUSED -> REFUSED;
      case CONTESTED -> CONTESTED;
      case BLOCKED -> BLOCKED;
      case HELD -> HELD;
      case DISARMED -> DISARMED;
      case WOULD_STOP -> WOULD_STOP;
      case STOPPING, DRIFTED -> STOPPING;
      case PERMITTED, STOPPED -> AS_WANTED;
      case UNMANAGED -> UNMANAGED;
    };
  }

  /** Returns the condition of a cluster: that of its worse kind. */
  public static Condition of(Report report) {
    return report.plan().kinds().stream()
        .map(kind -> of(kind.state()))
        .min(Comparator.naturalOrder())
        .orElse(UNMANAGED);
  }

  /** Returns whether nothing needs to be shown but that all is as wanted. */
  public boolean isFine() {
    return this == AS_WANTED || this == UNMANAGED;
  }
}
