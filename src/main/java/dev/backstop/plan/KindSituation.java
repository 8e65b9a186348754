package dev.backstop.plan;

import dev.backstop.observation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Holds what the guards judge: one kind of a cluster, its jobs with their standing, and what they
 * call for.
 *
 * @param situation the whole of which this is a part
 * @param kind which half
 * @param jobs everything that runs of it
 * @param remedy the statement that what runs calls for; empty where nothing runs
 */
record KindSituation(
    Situation situation, Kind kind, List<JobStanding> jobs, Optional<Remedy> remedy) {

  static KindSituation of(Situation situation, Kind kind) {
    List<JobStanding> jobs = situation.standings(kind);
    return new KindSituation(situation, kind, jobs, Remedy.of(kind, JobStanding.jobs(jobs)));
  }

  String cluster() {
    return situation.cluster();
  }

  Attempts attempts() {
    return situation.memory().attempts(kind);
  }

  Instant now() {
    return situation.now();
  }

  /** Tells whether something runs that is forbidden, or would be but for a restraint. */
  boolean hasUnwelcome() {
    for (JobStanding job : jobs) {
      if (job.isUnwelcome()) {
        return true;
      }
    }
    return false;
  }

  boolean hasForbidden() {
    return jobs.stream().anyMatch(JobStanding::isForbidden);
  }

  List<JobStanding> restrainedBy(Restraint restraint) {
    return jobs(job -> job.isRestrainedBy(restraint));
  }

  List<JobStanding> jobs(Predicate<JobStanding> which) {
    List<JobStanding> chosen = new ArrayList<>();
    for (JobStanding job : jobs) {
      if (which.test(job)) {
        chosen.add(job);
      }
    }
    return List.copyOf(chosen);
  }

  /** Describes all that a refusal may depend on: what runs, and what is wanted. */
  String fingerprint() {
    String flag = kind == Kind.LOG ? " flag=" + situation.observation().flag() : "";
    String runs =
        jobs.stream()
            .map(JobStanding::job)
            .map(job -> job.object() + " " + job.jobId() + "/" + job.tenant() + "=" + job.status())
            .sorted()
            .collect(Collectors.joining("; "));
    return Fingerprint.of(runs) + flag + " " + attempts().wishes();
  }

  static String titles(List<JobStanding> jobs) {
    return Words.list(jobs.stream().map(job -> job.job().title()).toList(), ", ");
  }

  /** Names jobs and says that they run: {@code piece job 1 (cluster, DOING) runs}. */
  static String run(List<JobStanding> jobs) {
    return titles(jobs) + (jobs.size() == 1 ? " runs" : " run");
  }

  static String policies(List<JobStanding> jobs) {
    List<String> names =
        jobs.stream().flatMap(job -> job.policies().stream()).sorted().distinct().toList();
    return (names.size() == 1 ? "policy " : "policies ") + Words.list(names, ", ");
  }
}
