package dev.backstop.plan;

import dev.backstop.observation.Kind;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Input of the guards: one kind of a cluster, its jobs with their verdicts, and the statement that
 * they require.
 *
 * @param input the whole of which this is a part
 * @param kind which half
 * @param policies those that still speak of it
 * @param jobs everything that runs of it
 * @param required the statement that what runs calls for; empty where nothing runs
 */
record KindInput(
    PlanInput input,
    Kind kind,
    List<KnownPolicy> policies,
    List<JobVerdict> jobs,
    Optional<RequiredStatement> required) {

  private static final int MOST_NAMED = 10;

  static KindInput of(PlanInput input, Kind kind) {
    List<JobVerdict> jobs = input.verdicts(kind);
    return new KindInput(
        input, kind, input.policies(kind), jobs, RequiredStatement.of(kind, JobVerdict.jobs(jobs)));
  }

  String cluster() {
    return input.cluster();
  }

  StopRecord stopRecord() {
    return input.record().stopRecord(kind);
  }

  /** Returns when the look began. */
  TimelineInstant lookedAt() {
    return input.lookedAt();
  }

  TimelineInstant now() {
    return input.now().instant();
  }

  /** Returns what the wall clock will show, or would have shown, at an instant. */
  Instant wallTimeOf(TimelineInstant instant) {
    return input.now().wallTimeOf(instant);
  }

  /** Returns whether something runs that is forbidden, or would be but for a suspension. */
  boolean hasUnwelcome() {
    for (JobVerdict job : jobs) {
      if (job.isUnwelcome()) {
        return true;
      }
    }
    return false;
  }

  boolean hasForbidden() {
    return jobs.stream().anyMatch(JobVerdict::isForbidden);
  }

  List<JobVerdict> suspendedBy(Suspension suspension) {
    return jobs(job -> job.isSuspendedBy(suspension));
  }

  List<JobVerdict> jobs(Predicate<JobVerdict> which) {
    List<JobVerdict> chosen = new ArrayList<>();
    for (JobVerdict job : jobs) {
      if (which.test(job)) {
        chosen.add(job);
      }
    }
    return List.copyOf(chosen);
  }

  /** Describes all that a refusal may depend on: what runs, and what is wanted. */
  String fingerprint() {
    String flag = kind == Kind.LOG ? " flag=" + input.observation().flag() : "";
    String runs =
        jobs.stream()
            .map(JobVerdict::job)
            .map(job -> job.object() + " " + job.jobId() + "/" + job.tenant() + "=" + job.status())
            .sorted()
            .collect(Collectors.joining("; "));
    return Fingerprint.of(runs) + flag + " " + stopRecord().policies().text();
  }

  /** Returns the texts in one: ten at most, then how many more there are. */
  static String list(List<String> all, String separator) {
    return all.size() <= MOST_NAMED
        ? String.join(separator, all)
        : String.join(separator, all.subList(0, MOST_NAMED))
            + " and "
            + (all.size() - MOST_NAMED)
            + " more";
  }

  static String titles(List<JobVerdict> jobs) {
    return list(jobs.stream().map(job -> job.job().title()).toList(), ", ");
  }

  /** Names jobs and says that they run: {@code piece job 1 (cluster, DOING) runs}. */
  static String run(List<JobVerdict> jobs) {
    return titles(jobs) + (jobs.size() == 1 ? " runs" : " run");
  }

  static String policies(List<JobVerdict> jobs) {
    List<String> names =
        jobs.stream().flatMap(job -> job.policies().stream()).sorted().distinct().toList();
    return (names.size() == 1 ? "policy " : "policies ") + list(names, ", ");
  }
}
