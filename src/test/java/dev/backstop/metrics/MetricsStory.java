package dev.backstop.metrics;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.Verdict;
import dev.backstop.plan.WindowState;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Disarming;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.Report;
import dev.backstop.testing.Readings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Tells metrics what could happen in an evening. */
final class MetricsStory {

  static final Instant EIGHT = Instant.parse("2026-11-23T20:00:00Z");

  private MetricsStory() {}

  /** A set job is stopped on one cluster and proven; it came back once; the folder is mixed. */
  static BackstopMetrics told() {
    BackstopMetrics metrics = new BackstopMetrics("0.1.0", "backstop-1");
    metrics.configured(List.of("hz-prod"));
    metrics.reloaded(true);
    metrics.turned("folder", EIGHT);
    metrics.onStoreWritable(true);
    metrics.onFolderScan(registry(), true, EIGHT);
    metrics.onUnreadEntries(List.of());
    metrics.expectedInterval("hz-prod", Duration.ofSeconds(30));
    metrics.held(
        List.of(
            new HeldSet(
                "h1", HoldReason.BUDGET, List.of("hz-prod"), List.of("hz-prod"), EIGHT, "do")));
    metrics.disarmed(List.of(), EIGHT);
    metrics.onCycleEnd(
        report("hz-prod", State.STOPPING, setJob("CANCEL")),
        Duration.ofMillis(250),
        Duration.ofMillis(10));
    metrics.onStatementEnd(permit("hz-prod"), answer(SentStatement.Result.ACCEPTED));
    metrics.onCycleEnd(report("hz-prod", State.STOPPED), Duration.ofMillis(250), Duration.ZERO);
    metrics.onStopProven("hz-prod", Kind.DATA, Duration.ofSeconds(4));
    metrics.onJobReturn("hz-prod", Kind.DATA);
    return metrics;
  }

  static PolicyRegistry registry() {
    return new PolicyRegistry(
        List.of(KnownPolicy.good(policy("hz-prod"), "hz-prod.yaml", Readings.timeline(EIGHT))),
        List.of(StrayFile.of("new.yaml", null, null, "1:1: nothing here")),
        "");
  }

  static Policy policy(String cluster) {
    return new Policy(
        cluster,
        cluster,
        Coverage.WHOLE_CLUSTER,
        Desired.OFF,
        Desired.OFF,
        Mode.ENFORCE,
        Schedule.every(Duration.ofSeconds(30), ZoneOffset.UTC),
        OnDelete.STOP,
        Duration.ofMinutes(15));
  }

  static Job setJob(String status) {
    return new Job(JobObject.BACKUPSET, 7, TenantId.SYS, "", status, "");
  }

  static Permit permit(String cluster) {
    return new Permit(1, cluster, Statement.CANCEL_BACKUPSET, Readings.at(EIGHT));
  }

  static Outcome answer(SentStatement.Result result) {
    return new Outcome(result, 0, "", EIGHT);
  }

  static Disarming disarming(String cluster) {
    return new Disarming(cluster, "kim", "moving house", EIGHT, EIGHT.plusSeconds(60));
  }

  /** A look in which data is in that state with these jobs, and log rests. */
  static Report report(String cluster, State data, Job... jobs) {
    return report(cluster, data, ReasonCode.SENT, State.STOPPED, jobs);
  }

  static Report report(String cluster, State data, ReasonCode code, State log, Job... jobs) {
    List<JobVerdict> verdicts =
        List.of(jobs).stream()
            .map(job -> new JobVerdict(job, Verdict.FORBIDDEN, List.of(cluster), Set.of()))
            .toList();
    boolean unmanaged = data == State.UNMANAGED && log == State.UNMANAGED;
    Plan plan =
        new Plan(
            cluster,
            EIGHT,
            List.of(
                new KindPlan(
                    Kind.DATA,
                    data,
                    Reason.of(code, "why"),
                    EIGHT,
                    verdicts,
                    null,
                    0,
                    new WindowState(true, EIGHT.plusSeconds(300))),
                new KindPlan(
                    Kind.LOG, log, Reason.of(ReasonCode.PAUSED, "why"), EIGHT, List.of(), null)),
            List.of(),
            null);
    return new Report(
        plan,
        unmanaged ? null : EIGHT,
        "backstop-1",
        unmanaged ? "" : "10.0.0.1:2881",
        "3.1.4",
        null);
  }
}
