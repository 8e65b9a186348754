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
 * @param standing how it stands
 * @param policies names of the policies that make it stand so, sorted
 * @param restraints why it is not forbidden although an off covers it; empty where nothing is
 *     restrained
 */
public record JobVerdict(
    Job job, Verdict standing, List<String> policies, Set<Suspension> restraints) {

  /** Copies its collections. */
  public JobVerdict {
    policies = List.copyOf(new TreeSet<>(policies));
    restraints = Set.copyOf(restraints);
  }

  /** Lists the jobs without their standing. */
  public static List<Job> jobs(List<JobVerdict> standings) {
    List<Job> jobs = new ArrayList<>();
    for (JobVerdict one : standings) {
      jobs.add(one.job());
    }
    return List.copyOf(jobs);
  }

  /** Tells whether the job is forbidden, or would be but for a restraint. */
  public boolean isUnwelcome() {
    return standing == Verdict.FORBIDDEN || !restraints.isEmpty();
  }

  /** Tells whether the job may be stopped as far as its own standing goes. */
  public boolean isForbidden() {
    return standing == Verdict.FORBIDDEN;
  }

  /** Tells whether a restraint of this sort keeps the job from being forbidden. */
  public boolean isRestrainedBy(Suspension restraint) {
    return restraints.contains(restraint);
  }
}
