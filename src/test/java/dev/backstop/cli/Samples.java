package dev.backstop.cli;

import dev.backstop.command.Overview;
import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.Verdict;
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
import dev.backstop.state.Report;
import dev.backstop.testing.Readings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the values that the command line shows. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  static final Job SET = new Job(JobObject.BACKUPSET, 7, TenantId.SYS, "", "BACKUP", "file:///b");
  static final Job PIECE =
      new Job(JobObject.BACKUPPIECE, 12, new TenantId(1001), "pay", "DOING", "");
  static final Job OTHERS_PIECE =
      new Job(JobObject.BACKUPPIECE, 13, new TenantId(1002), "hr", "INIT", "");

  private Samples() {}

  static Report report(String cluster, KindPlan data, KindPlan log) {
    Plan plan = new Plan(cluster, NOW, List.of(data, log), List.of(), null);
    return new Report(
        plan, NOW.minusSeconds(12), "backstop-1", "10.0.0.1:2881", "3.1.4", NOW.plusSeconds(18));
  }

  static Report report(State data, State log) {
    return report(
        "c", kind(Kind.DATA, data, ReasonCode.NO_JOBS), kind(Kind.LOG, log, ReasonCode.PAUSED));
  }

  static KindPlan kind(Kind kind, State state, ReasonCode code) {
    return kind(kind, state, Reason.of(code, code.word().replace('_', ' ')), List.of(), null);
  }

  static KindPlan kind(
      Kind kind, State state, Reason reason, List<JobVerdict> jobs, @Nullable Statement statement) {
    return new KindPlan(kind, state, reason, NOW.minus(Duration.ofHours(3)), jobs, statement);
  }

  static Overview overview(Report... reports) {
    return new Overview(List.of(reports), PolicyRegistry.EMPTY, List.of(), List.of(), List.of());
  }

  /** One cluster that would be stopped, and one that is blocked, disarmed and has a hold. */
  static Overview busy() {
    Report drifted =
        report(
            "hz-prod",
            kind(
                Kind.DATA,
                State.DRIFTED,
                Reason.of(ReasonCode.DUE_NOW, "policy hz-prod says off; the statement is due now"),
                List.of(new JobVerdict(SET, Verdict.FORBIDDEN, List.of("hz-prod"), Set.of())),
                Statement.CANCEL_BACKUPSET),
            kind(Kind.LOG, State.STOPPED, ReasonCode.PAUSED));
    Report blocked =
        report(
            "sh-prod",
            kind(Kind.DATA, State.PERMITTED, ReasonCode.POLICY_ON),
            kind(
                Kind.LOG,
                State.BLOCKED,
                new Reason(
                    ReasonCode.OTHERS_JOBS,
                    "1 job is forbidden, and a statement would hit 1 that is not",
                    "say off for tenant hr, too"),
                List.of(
                    new JobVerdict(PIECE, Verdict.FORBIDDEN, List.of("pay-off"), Set.of()),
                    new JobVerdict(OTHERS_PIECE, Verdict.WANTED, List.of("hr-on"), Set.of())),
                null));
    HeldSet held =
        new HeldSet(
            "h-4f2a",
            HoldReason.ALL_GONE,
            List.of("bj", "sz"),
            List.of("bj", "sz"),
            NOW.minusSeconds(90),
            "backstop approve h-4f2a --reason ...");
    Disarming disarming =
        new Disarming("sh-prod", "ann", "storage move", NOW.minusSeconds(60), null);
    return new Overview(
        List.of(drifted, blocked), registry(), List.of(held), List.of(disarming), List.of());
  }

  private static PolicyRegistry registry() {
    Policy policy =
        new Policy(
            "hz-prod",
            "hz-prod",
            Coverage.WHOLE_CLUSTER,
            Desired.OFF,
            Desired.OFF,
            Mode.ENFORCE,
            Schedule.every(Duration.ofSeconds(30), ZoneOffset.UTC),
            OnDelete.STOP,
            Duration.ofMinutes(15));
    return new PolicyRegistry(
        List.of(KnownPolicy.good(policy, "hz-prod.yaml", Readings.timeline(NOW))),
        List.of(StrayFile.of("new.yaml", null, null, "3:1: unknown key 'clustr'")),
        "");
  }
}
