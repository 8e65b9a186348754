package dev.backstop.plan;

import dev.backstop.observation.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plan of one kind: its state, the reason, and the statement to send now.
 *
 * @param kind which half
 * @param state what it is like
 * @param reason why
 * @param since when the state began
 * @param jobs everything that runs of it, with its verdict
 * @param statement what would be sent now; null for nothing
 * @param moreJobs how many run besides those listed
 * @param window whether it may run now by its backup window; null where it has none
 */
public record KindPlan(
    Kind kind,
    State state,
    Reason reason,
    Instant since,
    List<JobVerdict> jobs,
    @Nullable Statement statement,
    int moreJobs,
    @Nullable WindowState window) {

  /** The most jobs that a look on record lists. */
  private static final int MOST_RECORDED = 100;

  /** Copies the jobs. */
  public KindPlan {
    jobs = List.copyOf(jobs);
  }

  /** Shows a kind with all of its jobs. */
  public KindPlan(
      Kind kind,
      State state,
      Reason reason,
      Instant since,
      List<JobVerdict> jobs,
      @Nullable Statement statement) {
    this(kind, state, reason, since, jobs, statement, 0, null);
  }

  /** Returns the plan with a statement to send. */
  KindPlan sending(@Nullable Statement due) {
    return new KindPlan(kind, state, reason, since, jobs, due, moreJobs, window);
  }

  /** Returns the plan with another reason. */
  public KindPlan explained(Reason other) {
    return new KindPlan(kind, state, other, since, jobs, statement, moreJobs, window);
  }

  /**
   * Returns the plan as it is recorded: a server decides how much it shows, not how much is kept.
   */
  KindPlan recorded() {
    int more = Math.max(0, jobs.size() - MOST_RECORDED);
    return more == 0
        ? this
        : new KindPlan(
            kind,
            state,
            reason,
            since,
            jobs.subList(0, MOST_RECORDED),
            statement,
            moreJobs + more,
            window);
  }
}
