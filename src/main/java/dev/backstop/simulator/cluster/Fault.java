package dev.backstop.simulator.cluster;

/**
 * Lists what can go wrong (docs/oceanbase.md#what-goes-wrong).
 *
 * <p>A fault of the kind {@link Duration#ONCE} strikes the next time that it can and is then over;
 * one that is {@link Duration#LASTING} strikes until it is cleared.
 */
public enum Fault {
  /** A CANCEL is recorded but nobody wakes: it is acted on after the idle time. */
  LOST_WAKE_UP(Duration.ONCE),
  /** A CANCEL is overwritten by the scheduler's next write. */
  LOST_UPDATE(Duration.ONCE),
  /** The second location can't be reached: piece jobs stay in FINISH. */
  STORAGE_UNREACHABLE(Duration.LASTING),
  /** An observer is dead: a set job stays in CANCEL. */
  OBSERVER_DEAD(Duration.LASTING),
  /** A pass that was under way writes DOING on the system tenant's row after STOP. */
  RESURRECTED(Duration.ONCE),
  /**
   * STOP clears the flag and answers OK but leaves the rows as they were
   * (docs/oceanbase.md#stop-archivelog).
   */
  ROUND_NOT_LOADED(Duration.ONCE),
  /** STOP clears the flag, then fails with 4012 and leaves the rows as they were. */
  STOP_FAILS_HALFWAY(Duration.ONCE),
  /**
   * STOP or START meets a pass that reads versions: 1210, nothing done
   * (docs/oceanbase.md#stop-archivelog).
   */
  STOP_RACE(Duration.ONCE),
  /** STOP, START and FORCE wait for the configuration in vain: 4527. */
  CONFIG_NOT_SYNC(Duration.LASTING),
  /** RootService is changing: 4638, 4512, 4550 and 4162 in turn, nothing done. */
  ROOTSERVICE_SWITCHING(Duration.LASTING),
  /** No scheduler holds the lease: statements are accepted and nobody acts on them. */
  SCHEDULERS_ASLEEP(Duration.LASTING),
  /** A statement takes effect but answers 4012. */
  TIMEOUT_APPLIED(Duration.ONCE),
  /** A statement answers 4012 and has no effect. */
  TIMEOUT_NOT_APPLIED(Duration.ONCE),
  /** The connection is cut before a statement takes effect. */
  CUT_BEFORE(Duration.ONCE),
  /** The connection is cut while a statement runs; the seed says whether it took effect. */
  CUT_DURING(Duration.ONCE),
  /** The connection is cut after a statement took effect. */
  CUT_AFTER(Duration.ONCE),
  /** A statement never answers and has no effect. */
  HUNG_STATEMENT(Duration.ONCE),
  /** A statement never answers although it took effect. */
  HUNG_STATEMENT_APPLIED(Duration.ONCE),
  /** Queries never answer. */
  HUNG_QUERY(Duration.LASTING),
  /** The connection is cut at a query. */
  CUT_QUERY(Duration.ONCE),
  /** A query answers 4012. */
  TIMEOUT_QUERY(Duration.ONCE),
  /** Every query answers with no row at all, whatever was asked. */
  EMPTY_ANSWERS(Duration.LASTING),
  /** The user may not use ALTER SYSTEM: 1227. */
  NO_PRIVILEGE(Duration.LASTING),
  /** BACKUP_DEST is NULL in every job view. */
  NULL_DESTINATION(Duration.LASTING);

  /** Tells how long a fault strikes once it is armed. */
  public enum Duration {
    /** The next time that it can. */
    ONCE,
    /** Until it is cleared. */
    LASTING
  }

  private final Duration duration;

  Fault(Duration duration) {
    this.duration = duration;
  }

  /** Tells how long it strikes once it is armed without a number or a window. */
  public Duration duration() {
    return duration;
  }
}
