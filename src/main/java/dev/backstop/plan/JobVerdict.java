package dev.backstop.plan;

import dev.backstop.observation.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Verdict of the policies on one running job, and the policies that it rests on.
 *
 * @param job the job
 * @param verdict how it stands
 * @param policies names of the policies that make it stand so, sorted
 * @param suspensions why it is not forbidden although an off covers it; empty where nothing is
 *     suspended
 * @param breaches the limits of an on that the job is outside of, as far as they forbid it
 * @param closedWindows the closed windows but for which policies would permit the job, whether or
 *     not these policies forbid it
 */
public record JobVerdict(
    Job job,
    Verdict verdict,
    List<String> policies,
    Set<Suspension> suspensions,
    List<LimitBreach> breaches,
    List<LimitBreach> closedWindows) {

  /** Creates a verdict that rests on no limit. */
  public JobVerdict(Job job, Verdict verdict, List<String> policies, Set<Suspension> suspensions) {
    this(job, verdict, policies, suspensions, List.of(), List.of());
  }

  /** Copies its collections. */
  public JobVerdict {
    policies = List.copyOf(new TreeSet<>(policies));
    suspensions = Set.copyOf(suspensions);
    breaches = List.copyOf(breaches);
    closedWindows = List.copyOf(closedWindows);
  }

  /** Lists the jobs without their verdict. */
  public static List<Job> jobs(List<JobVerdict> verdicts) {
    List<Job> jobs = new ArrayList<>();
    for (JobVerdict one : verdicts) {
      jobs.add(one.job());
    }
    return List.copyOf(jobs);
  }

  /** Returns whether the job is forbidden, or would be but for a suspension. */
  public boolean isUnwelcome() {
    return verdict == Verdict.FORBIDDEN || !suspensions.isEmpty();
  }

  /** Returns whether the job may be stopped as far as its own verdict goes. */
  public boolean isForbidden() {
    return verdict == Verdict.FORBIDDEN;
  }

  /** Returns whether a suspension of this sort keeps the job from being forbidden. */
  public boolean isSuspendedBy(Suspension suspension) {
    return suspensions.contains(suspension);
  }
}
