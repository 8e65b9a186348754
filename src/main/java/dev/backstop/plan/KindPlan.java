package dev.backstop.plan;

import dev.backstop.observation.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what a kind on a cluster is like, why, and what would be sent now.
 *
 * @param kind which half
 * @param state what it is like
 * @param reason why
 * @param since when the state began
 * @param jobs everything that runs of it, with its standing
 * @param statement what would be sent now; null for nothing
 */
public record KindPlan(
    Kind kind,
    State state,
    Reason reason,
    Instant since,
    List<JobStanding> jobs,
    @Nullable Statement statement) {

  /** Copies the jobs. */
  public KindPlan {
    jobs = List.copyOf(jobs);
  }
}
