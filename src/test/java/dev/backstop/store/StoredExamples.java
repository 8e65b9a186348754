package dev.backstop.store;

import static dev.backstop.testing.Readings.timeline;

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
import dev.backstop.plan.QuietPeriod;
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
import dev.backstop.policy.FileState.Broken;
import dev.backstop.policy.FileState.Changing;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.FileState.DeletionPending;
import dev.backstop.policy.FileState.Good;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.StrayFile;
import dev.backstop.policy.TenantRef;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the values whose stored form the golden files hold, by the names they have there. */
final class StoredExamples {

  static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");
  static final Actor DAEMON = new Actor("backstop-1", "daemon", "backstop-1");
  static final Actor PERSON = new Actor("backstop-1", "alice", "disarm-4711");

  static final Job CLUSTER_JOB =
      new Job(JobObject.BACKUPSET, 7, TenantId.SYS, "", "DOING", "file:///backup");
  static final Job TENANT_JOB =
      new Job(JobObject.BACKUPPIECE, 3, new TenantId(1001), "pay", "CANCELING", "oss://b", true);
  static final Job ARCHIVE = new Job(JobObject.ARCHIVELOG, 0, TenantId.SYS, "", "DOING", "");

  private StoredExamples() {}

  static Map<String, ClusterRecord> clusterRecords() {
    Map<String, ClusterRecord> all = new LinkedHashMap<>();
    all.put("none", ClusterRecord.none("hz"));
    all.put("full", fullRecord("hz"));
    all.put("all objects", recordOf(allObjects()));
    all.put("held by the budget", heldRecord("hz", HoldReason.BUDGET));
    all.put("held for another host", heldRecord("sh", HoldReason.OTHER_HOST));
    for (State state : State.values()) {
      all.put("state " + word(state), recordOf(StopRecord.NONE.showing(state, NOON)));
    }
    for (SentStatement.Result result : SentStatement.Result.values()) {
      all.put("result " + word(result), recordOf(StopRecord.NONE.sending(sent(result), true)));
    }
    return all;
  }

  static ClusterRecord fullRecord(String cluster) {
    return new ClusterRecord(cluster, 41, fullStop(), quietStop(), snapshot(), null);
  }

  static ClusterRecord heldRecord(String cluster, HoldReason reason) {
    PolicySnapshot before =
        new PolicySnapshot(List.of(term("p3", Coverage.WHOLE_CLUSTER, null, Desired.ON)));
    return ClusterRecord.none(cluster)
        .settled(
            snapshot(), new ClusterRecord.BudgetHold(before, PolicySnapshot.NONE, NOON, reason));
  }

  private static ClusterRecord recordOf(StopRecord data) {
    return new ClusterRecord("hz", 2, data, StopRecord.NONE, PolicySnapshot.NONE, null);
  }

  private static TimelineInstant after(long seconds) {
    return timeline(NOON.plusSeconds(seconds));
  }

  private static StopRecord allObjects() {
    return StopRecord.NONE
        .sending(sent(SentStatement.Result.OPEN), false)
        .sending(sent(Statement.CANCEL_BACKUPPIECE, after(1)), false)
        .sending(sent(Statement.STOP_ARCHIVELOG, after(2)), true);
  }

  private static SentStatement sent(Statement statement, TimelineInstant at) {
    return new SentStatement(
        statement, at, 0, 0, false, true, false, SentStatement.Result.ACCEPTED, "");
  }

  private static SentStatement sent(SentStatement.Result result) {
    return new SentStatement(
        Statement.CANCEL_BACKUPSET,
        timeline(NOON),
        3,
        7,
        true,
        false,
        true,
        result,
        "error 4012 \"late\"");
  }

  private static StopRecord fullStop() {
    return new StopRecord(
        Map.of(JobObject.BACKUPSET, sent(SentStatement.Result.UNKNOWN)),
        StopPhase.of(
            Optional.of(new OutstandingStop(after(2), Duration.ofMillis(61_234))),
            Optional.empty(),
            after(3)),
        new Contention(List.of(after(-5), timeline(NOON)), 2),
        PolicyFingerprints.parse(
            "p1 hz whole cluster OFF ON ENFORCE every PT30S in Z STOP PT15M\n"
                + "deleted 2026-11-23T12:00:00.123456Z p2 hz tenants [1001, pay] OFF OFF ENFORCE"
                + " 0/30 * * * * ? in Asia/Shanghai HOLD PT15M"),
        "backupset 7/1=DOING p1 hz whole cluster OFF",
        2,
        new LastLook(timeline(NOON), "cancel_backupset 7/1=DOING", after(1)),
        new ShownState(State.STOPPING, NOON.plusSeconds(4)));
  }

  private static StopRecord quietStop() {
    return new StopRecord(
        Map.of(),
        new StopPhase.Quiet(new QuietPeriod(after(-30), timeline(NOON))),
        Contention.NONE,
        PolicyFingerprints.NONE,
        "",
        0,
        new LastLook(timeline(NOON), "", timeline(NOON)),
        new ShownState(State.STOPPED, NOON));
  }

  private static PolicySnapshot snapshot() {
    return new PolicySnapshot(
        List.of(
            new PolicyTerm("p1", Coverage.WHOLE_CLUSTER, Desired.OFF, null, true, true),
            term("p2", tenants(), Desired.ON, Desired.OFF)));
  }

  private static PolicyTerm term(
      String policy, Coverage coverage, @Nullable Desired data, @Nullable Desired log) {
    return new PolicyTerm(policy, coverage, data, log, false, false);
  }

  private static Coverage tenants() {
    return Coverage.of(List.of(new TenantRef("1001"), new TenantRef("pay")));
  }

  static Map<String, KnownPolicy> policies() {
    Map<String, KnownPolicy> all = new LinkedHashMap<>();
    all.put("live", KnownPolicy.good(policy("live", "hz"), "live.yaml", timeline(NOON)));
    all.put(
        "of tenants", KnownPolicy.good(full("tenants", OnDelete.HOLD), "a/b.yml", timeline(NOON)));
    all.put(
        "forgotten on deletion", KnownPolicy.good(full("f", OnDelete.FORGET), "f", timeline(NOON)));
    all.put("cron alone", KnownPolicy.good(cronAlone(), "cron.yaml", timeline(NOON)));
    TimelineInstant noon = timeline(NOON);
    all.put("seen", known("seen", new Good(noon)));
    all.put("changing", known("changing", new Changing(noon, after(-3))));
    all.put("broken", known("broken", new Broken("3:1: what is \"this\"", noon, after(-3))));
    all.put("pending", known("pending", new DeletionPending(noon, after(-3))));
    all.put("counted", known("counted", effective(Kind.DATA, Kind.LOG)));
    all.put("data counted", known("data", effective(Kind.DATA)));
    all.put("log counted", known("log", effective(Kind.LOG)));
    for (HoldReason reason : HoldReason.values()) {
      all.put("held " + word(reason), known("held", new DeletionHeld(reason, NOON, after(-3))));
    }
    return all;
  }

  static Policy policy(String name, String cluster) {
    return new Policy(
        name,
        cluster,
        Coverage.WHOLE_CLUSTER,
        Desired.OFF,
        Desired.ON,
        Mode.ENFORCE,
        Schedule.every(Duration.ofSeconds(30), ZoneOffset.UTC),
        OnDelete.STOP,
        Duration.ofMinutes(15));
  }

  private static Policy full(String name, OnDelete onDelete) {
    return new Policy(
        name,
        "hz",
        tenants(),
        Desired.ON,
        Desired.OFF,
        Mode.OBSERVE,
        Schedule.cron("0/30 * * * * ?", Duration.ofMinutes(1), ZoneId.of("Asia/Shanghai")),
        onDelete,
        Duration.ofHours(2));
  }

  private static Policy cronAlone() {
    return new Policy(
        "cron",
        "hz",
        Coverage.WHOLE_CLUSTER,
        Desired.OFF,
        Desired.OFF,
        Mode.ENFORCE,
        new Schedule("0 0 3 * * ?", null, ZoneId.of("UTC")),
        OnDelete.STOP,
        Duration.ofMinutes(15));
  }

  private static FileState effective(Kind... outstanding) {
    return new DeletionEffective(timeline(NOON), Set.of(outstanding), true);
  }

  private static KnownPolicy known(String name, FileState state) {
    return new KnownPolicy(
        policy(name, "hz"),
        name + ".yaml",
        state,
        new FileIdentity("(dev=7,ino=9)", "ab12", FolderIdentity.configured("/policies")));
  }

  static Map<String, StrayFile> strayFiles() {
    Map<String, StrayFile> all = new LinkedHashMap<>();
    all.put("of a policy", StrayFile.of("a.yaml", "a", "hz", "1:1: no policy"));
    all.put("of a cluster", StrayFile.of("b.yaml", null, "hz", "2:3: no name"));
    all.put("of nothing", StrayFile.of("c\n.yaml", null, null, "not UTF-8: \u0001\u200b"));
    return all;
  }

  static Map<String, Report> reports() {
    Map<String, Report> all = new LinkedHashMap<>();
    all.put("unmanaged", Report.unmanaged("hz", "backstop-1", NOON));
    all.put("full", fullReport("hz"));
    for (ReasonCode code : ReasonCode.values()) {
      Reason reason = new Reason(code, "why", "how");
      all.put("reason " + word(code), Report.unseen("hz", "d", State.UNKNOWN, reason, NOON));
    }
    for (Suspension suspension : Suspension.values()) {
      all.put(
          "suspension " + word(suspension),
          reportOf(new JobVerdict(ARCHIVE, Verdict.UNCOVERED, List.of("p1"), Set.of(suspension))));
    }
    for (Verdict verdict : Verdict.values()) {
      all.put(
          "verdict " + word(verdict),
          reportOf(new JobVerdict(CLUSTER_JOB, verdict, List.of(), Set.of())));
    }
    return all;
  }

  static Report fullReport(String cluster) {
    KindPlan data =
        new KindPlan(
            Kind.DATA,
            State.DRIFTED,
            new Reason(ReasonCode.DUE_NOW, "sent now", "backstop arm hz"),
            NOON,
            List.of(
                new JobVerdict(
                    CLUSTER_JOB,
                    Verdict.UNCOVERED,
                    List.of("p1", "p2"),
                    Set.of(Suspension.HELD, Suspension.OBSERVED))),
            Statement.CANCEL_BACKUPSET,
            3,
            null);
    KindPlan log =
        new KindPlan(
            Kind.LOG,
            State.STOPPED,
            Reason.of(ReasonCode.PAUSED, "paused"),
            NOON,
            List.of(new JobVerdict(TENANT_JOB, Verdict.WANTED, List.of("p2"), Set.of())),
            null);
    List<Plan.Release> releases =
        Arrays.stream(Plan.Release.Cause.values())
            .map(cause -> new Plan.Release("p3", Kind.LOG, cause))
            .toList();
    return new Report(
        new Plan(cluster, NOON, List.of(data, log), releases, NOON.plusSeconds(2)),
        NOON.minusSeconds(1),
        "backstop-1",
        "10.0.0.1:2881",
        "3.2.4",
        NOON.plusSeconds(30));
  }

  private static Report reportOf(JobVerdict job) {
    KindPlan data =
        new KindPlan(
            Kind.DATA, State.DRIFTED, Reason.of(ReasonCode.DUE_NOW, ""), NOON, List.of(job), null);
    return new Report(
        new Plan("hz", NOON, List.of(data), List.of(), null), null, "backstop-1", "", "", null);
  }

  static Map<String, HistoryEntry> historyEntries() {
    Map<String, HistoryEntry> all = new LinkedHashMap<>();
    for (Statement statement : Statement.values()) {
      all.put(
          "statement " + word(statement),
          ofData(Event.STATEMENT).sending(statement, List.of(CLUSTER_JOB, TENANT_JOB, ARCHIVE)));
    }
    all.put(
        "by hand",
        HistoryEntry.of(NOON, PERSON, "hz", "", Event.STATEMENT, "R-1")
            .sendingByHand("ALTER SYSTEM CANCEL BACKUP", List.of(ARCHIVE)));
    all.put("of a policy", ofData(Event.STOP_PROVEN).ofPolicy("p1").running(List.of(TENANT_JOB)));
    for (SentStatement.Result result : SentStatement.Result.values()) {
      all.put(
          "result " + word(result),
          ofData(Event.STATEMENT_RESULT).ending(result, List.of(CLUSTER_JOB)));
    }
    for (Event event : Event.values()) {
      all.put("event " + word(event), HistoryEntry.of(NOON, DAEMON, "", "", event, "why\t\"so\""));
    }
    return all;
  }

  private static HistoryEntry ofData(Event event) {
    return HistoryEntry.of(NOON, DAEMON, "hz", Kind.DATA, event, "p1 says off");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
