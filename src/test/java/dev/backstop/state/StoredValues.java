package dev.backstop.state;

import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Contention;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.LastLook;
import dev.backstop.plan.OutstandingStop;
import dev.backstop.plan.Plan;
import dev.backstop.plan.PolicyFingerprints;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.plan.PolicyTerm;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.ShownState;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopPhase;
import dev.backstop.plan.StopRecord;
import dev.backstop.plan.Suspension;
import dev.backstop.plan.Verdict;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FileState;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.TenantRef;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that tests of stores write and expect. */
public final class StoredValues {

  static final Instant NOW = Instant.parse("2026-11-23T06:00:00.123456Z");
  static final Duration LEASE = Duration.ofSeconds(65);
  static final Actor DAEMON = new Actor("backstop-1", "daemon", "backstop-1");
  static final Actor APPLY = new Actor("backstop-1", "apply", "apply-4711");
  static final Job JOB =
      new Job(JobObject.BACKUPSET, 7, TenantId.SYS, "", "DOING", "file:///backup");

  private StoredValues() {}

  static void assertRefused(Authorization answer, String... words) {
    assertNoPermit(answer, false, words);
  }

  static void assertOvertaken(Authorization answer, String... words) {
    assertNoPermit(answer, true, words);
  }

  private static void assertNoPermit(Authorization answer, boolean overtaken, String... words) {
    assertThat(answer.permit()).isNull();
    assertThat(answer.refusal()).contains(words);
    assertThat(answer.isOvertaken()).isEqualTo(overtaken);
  }

  static Permit grant(StateStore store, PermitRequest request) {
    Authorization answer = store.authorize(request);
    Permit permit = answer.permit();
    assertThat(answer.refusal()).isEmpty();
    if (permit == null) {
      throw new AssertionError("neither a permit nor a refusal: " + answer);
    }
    return permit;
  }

  static PermitRequest request(Actor actor, ClusterRecord record, Instant now) {
    HistoryEntry entry =
        HistoryEntry.of(now, actor, record.cluster(), Kind.DATA, Event.STATEMENT, "p1 says off")
            .sending(Statement.CANCEL_BACKUPSET, List.of(JOB));
    return new PermitRequest(actor, Statement.CANCEL_BACKUPSET, record, null, entry, steady(now));
  }

  static PermitRequest by(PermitRequest request, long registry) {
    return new PermitRequest(
        request.actor(),
        request.statement(),
        request.record(),
        registry,
        request.entry(),
        request.term());
  }

  static LeaseTerm steady(Instant now) {
    return new LeaseTerm(at(now), LEASE);
  }

  static Outcome accepted(Instant at) {
    return new Outcome(SentStatement.Result.ACCEPTED, 0, "", at);
  }

  static Disarming disarming(String cluster, @Nullable Instant until) {
    return new Disarming(cluster, "alice", "storage move", NOW.minusSeconds(60), until);
  }

  static HistoryEntry entry(Instant time, String cluster, Event event) {
    return HistoryEntry.of(time, DAEMON, cluster, "", event, "told for the test");
  }

  public static PolicyRegistry registryOf(String... names) {
    List<KnownPolicy> policies =
        List.of(names).stream()
            .map(
                name -> KnownPolicy.good(policy(name, Coverage.WHOLE_CLUSTER), name, timeline(NOW)))
            .toList();
    return new PolicyRegistry(policies, List.of(), "folder");
  }

  static KnownPolicy known(String name, FileState state) {
    Coverage tenants = Coverage.of(List.of(new TenantRef("1001"), new TenantRef("pay")));
    return new KnownPolicy(
        policy(name, tenants),
        name + ".yaml",
        state,
        new FileIdentity("7", "ab", FolderIdentity.configured("/policies")));
  }

  static Policy policy(String name, Coverage coverage) {
    return new Policy(
        name,
        "hz",
        coverage,
        Desired.OFF,
        Desired.ON,
        Mode.ENFORCE,
        Schedule.cron("0/30 * * * * ?", Duration.ofSeconds(30), ZoneId.of("Asia/Shanghai")),
        OnDelete.STOP,
        Duration.ofMinutes(15));
  }

  static ClusterRecord heldRecord(String cluster, long revision) {
    return ClusterRecord.none(cluster)
        .settled(
            PolicySnapshot.NONE,
            new ClusterRecord.BudgetHold(
                PolicySnapshot.NONE, PolicySnapshot.NONE, NOW, HoldReason.BUDGET))
        .atRevision(revision);
  }

  static ClusterRecord fullRecord(String cluster) {
    SentStatement sent =
        new SentStatement(
            Statement.CANCEL_BACKUPSET,
            timeline(NOW),
            3,
            7,
            true,
            false,
            true,
            SentStatement.Result.UNKNOWN,
            "4012");
    StopRecord data =
        new StopRecord(
            Map.of(JobObject.BACKUPSET, sent),
            StopPhase.of(
                Optional.of(new OutstandingStop(timeline(NOW), Duration.ofMillis(1234))),
                Optional.empty(),
                timeline(NOW)),
            new Contention(List.of(timeline(NOW.minusSeconds(5)), timeline(NOW)), 2),
            PolicyFingerprints.parse("p1 hz whole cluster OFF"),
            "1227",
            2,
            new LastLook(timeline(NOW), "7:DOING", timeline(NOW)),
            new ShownState(State.STOPPING, NOW));
    PolicySnapshot snapshot =
        new PolicySnapshot(
            List.of(
                new PolicyTerm("p1", Coverage.WHOLE_CLUSTER, Desired.OFF, null, true, true),
                new PolicyTerm(
                    "p2",
                    Coverage.of(List.of(new TenantRef("pay"))),
                    Desired.ON,
                    Desired.ON,
                    false,
                    false)));
    return new ClusterRecord(cluster, 0, data, StopRecord.NONE, snapshot, null);
  }

  static Report report(String cluster) {
    KindPlan data =
        new KindPlan(
            Kind.DATA,
            State.DRIFTED,
            new Reason(ReasonCode.DUE_NOW, "sent now", ""),
            NOW,
            List.of(new JobVerdict(JOB, Verdict.UNCOVERED, List.of("p1"), Set.of(Suspension.HELD))),
            Statement.CANCEL_BACKUPSET);
    KindPlan log =
        new KindPlan(
            Kind.LOG, State.STOPPED, Reason.of(ReasonCode.PAUSED, "paused"), NOW, List.of(), null);
    Plan.Release release = new Plan.Release("p3", Kind.LOG, Plan.Release.Cause.PROVEN);
    return new Report(
        new Plan(cluster, NOW, List.of(data, log), List.of(release), NOW.plusSeconds(2)),
        NOW,
        "backstop-1",
        "10.0.0.1:2881",
        "3.2.4",
        null);
  }

  static boolean admit(StateStore store, String cluster, int limit, Instant now) {
    return store.admit(cluster, limit, Duration.ofHours(1), timeline(now));
  }
}
