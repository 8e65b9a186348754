package dev.backstop.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.backstop.policy.FileState;
import dev.backstop.policy.FileState.Broken;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.FileState.DeletionPending;
import dev.backstop.policy.FileState.Good;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import dev.backstop.testing.Readings;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusViewTest {

  private static final Instant EIGHT = Instant.parse("2026-11-23T20:00:00Z");
  private static final TimelineInstant SINCE = Readings.timeline(EIGHT);
  private static final Job SETS =
      new Job(JobObject.BACKUPSET, 7, new TenantId(1001), "pay", "BACKUP", "file:///backup");
  private static final Job ARCHIVE =
      new Job(JobObject.ARCHIVELOG, 0, TenantId.SYS, "", "DOING", "");

  @Test
  void planShowsWhatWouldBeSentAndWhatIsHeldBack() throws JsonProcessingException {
    assertThat(
            json(
                StatusView.plan(
                    List.of(report()),
                    List.of(disarmed(Disarming.ALL, "all"), disarmed("hz-prod", "storage")))))
        .isEqualTo(
            compact(
                """
                {"summary":{"UNMANAGED":0,"WRONG_CLUSTER":0,"UNSUPPORTED":0,"UNKNOWN":0,
                "DISARMED":1,"HELD":0,"BLOCKED":0,"WOULD_STOP":0,"CONTESTED":0,"REFUSED":0,
                "NOT_VERIFIED":0,"STOPPING":0,"DRIFTED":1,"PERMITTED":0,"STOPPED":0},
                "clusters":[{"cluster":"hz-prod",
                "disarmed":{"by":"kim","reason":"storage","until":"2026-11-23T20:00:09Z"},
                "kinds":[
                {"kind":"data","state":"DRIFTED","reason":"due now","reasonCode":"due_now",
                "release":null,"since":"2026-11-23T20:00:00Z",
                "observedAt":"2026-11-23T20:00:01.500Z",
                "jobs":[{"object":"backupset","jobId":7,"tenantId":1001,"tenant":"pay",
                "status":"BACKUP","destination":"file:///backup","standing":"forbidden",
                "policies":["a","b"]}],
                "statements":["ALTER SYSTEM CANCEL BACKUP BACKUPSET"],
                "window":{"open":false,"nextChange":"2026-11-23T20:05:00Z"}},
                {"kind":"log","state":"DISARMED","reason":"by kim","reasonCode":"disarmed",
                "release":"backstop arm hz-prod","since":"2026-11-23T20:00:00Z",
                "observedAt":"2026-11-23T20:00:01.500Z",
                "jobs":[{"object":"archivelog","jobId":null,"tenantId":1,"tenant":null,
                "status":"DOING","destination":null,"standing":"uncovered","policies":[]}],
                "statements":[],"window":null}]}]}
                """));
  }

  @Test
  void statusAddsWhoLookedWhereAndWhenNext() throws JsonProcessingException {
    assertThat(
            json(
                StatusView.status(
                    List.of(report()),
                    PolicyRegistry.EMPTY,
                    List.of(),
                    List.of(disarmed("other", "no"), disarmed(Disarming.ALL, "all")),
                    List.of(),
                    List.of())))
        .contains(
            compact(
                """
                "clusters":[{"cluster":"hz-prod",
                "disarmed":{"by":"kim","reason":"all","until":"2026-11-23T20:00:09Z"},
                "nextRun":"2026-11-23T20:00:30Z",
                "daemon":"backstop-1","endpoint":"10.0.0.1:2881","version":"3.1.4","kinds":[
                """))
        .endsWith("\"policies\":[],\"held\":[],\"ignoredFiles\":[],\"awaitingStart\":[]}");
  }

  @Test
  void clusterThatWasNeverLookedAtHasNullsForWhatIsUnknown() throws JsonProcessingException {
    Plan plan = new Plan("idle", EIGHT, List.of(), List.of(), null);

    assertThat(
            json(
                StatusView.status(
                    List.of(new Report(plan, null, "backstop-1", "", "", null)),
                    PolicyRegistry.EMPTY,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of())))
        .contains(
            compact(
                """
                "clusters":[{"cluster":"idle","disarmed":null,"nextRun":null,
                "daemon":"backstop-1",
                "endpoint":null,"version":null,"kinds":[]}],
                """));
  }

  @Test
  void policiesAreShownByFileWithTheirWorthAndError() throws JsonProcessingException {
    PolicyRegistry registry =
        new PolicyRegistry(
            List.of(
                known("good", new Good(SINCE)),
                known("broken", new Broken("3:1: unknown key 'modus'", SINCE, SINCE)),
                known("gone", new DeletionPending(SINCE, SINCE)),
                known("kept", new DeletionHeld(HoldReason.ALL_GONE, EIGHT, SINCE)),
                known("over", new DeletionEffective(SINCE, Set.of(Kind.LOG), false))),
            List.of(StrayFile.of("new.yaml", null, null, "1:1: not YAML")),
            "");

    assertThat(
            json(
                StatusView.status(List.of(), registry, List.of(), List.of(), List.of(), List.of())))
        .endsWith(
            compact(
                """
                "clusters":[],"policies":[
                {"name":"broken","file":"broken.yaml","cluster":"hz-prod",
                "clusters":["hz-prod"],"data":"on","log":"off","mode":"observe",
                "state":"invalid","error":"3:1: unknown key 'modus'"},
                {"name":"gone","file":"gone.yaml","cluster":"hz-prod",
                "clusters":["hz-prod"],"data":"on","log":"off","mode":"observe",
                "state":"pending_deletion","error":null},
                {"name":"good","file":"good.yaml","cluster":"hz-prod",
                "clusters":["hz-prod"],"data":"on","log":"off","mode":"observe",
                "state":"valid","error":null},
                {"name":"kept","file":"kept.yaml","cluster":"hz-prod",
                "clusters":["hz-prod"],"data":"on","log":"off","mode":"observe",
                "state":"held_deletion","error":null},
                {"name":null,"file":"new.yaml","cluster":null,"clusters":[],
                "data":null,"log":null,"mode":null,
                "state":"invalid","error":"1:1: not YAML"},
                {"name":"over","file":"over.yaml","cluster":"hz-prod",
                "clusters":["hz-prod"],"data":"on","log":"off","mode":"observe",
                "state":"deleting","error":null}],"held":[],"ignoredFiles":[],"awaitingStart":[]}
                """));
  }

  @Test
  void heldSetNamesItsRelease() throws JsonProcessingException {
    HeldSet set =
        new HeldSet(
            "h-7",
            HoldReason.DIRECTORY_REPLACED,
            List.of("hz-prod"),
            List.of("a", "b"),
            EIGHT,
            "backstop approve h-7 --reason R");

    assertThat(
            json(
                StatusView.status(
                    List.of(),
                    PolicyRegistry.EMPTY,
                    List.of(set),
                    List.of(),
                    List.of(),
                    List.of())))
        .endsWith(
            compact(
                """
                "clusters":[],"policies":[],"held":[{"id":"h-7","reason":"directory_replaced",
                "clusters":["hz-prod"],"policies":["a","b"],"since":"2026-11-23T20:00:00Z",
                "release":"backstop approve h-7 --reason R"}],"ignoredFiles":[],"awaitingStart":[]}
                """));
  }

  @Test
  void historyShowsEveryKeyAlsoWhereNothingIsSaid() throws JsonProcessingException {
    Actor daemon = new Actor("backstop-1", "daemon", "backstop-1");

    assertThat(
            json(
                StatusView.history(
                    HistoryEntry.of(EIGHT, daemon, "", "", Event.DAEMON_STARTED, "0.1.0"))))
        .isEqualTo(
            compact(
                """
                {"time":"2026-11-23T20:00:00Z","daemon":"backstop-1","by":"daemon",
                "cluster":null,"kind":null,"policy":null,"event":"daemon_started",
                "reason":"0.1.0","statement":null,"jobsBefore":[],"jobsAfter":[],"outcome":null}
                """));
  }

  @Test
  void historyOfAStatementShowsItsTextItsJobsAndItsAnswer() throws JsonProcessingException {
    Actor daemon = new Actor("backstop-1", "daemon", "backstop-1");
    HistoryEntry entry =
        HistoryEntry.of(
                EIGHT, daemon, "hz-prod", Kind.LOG, Event.STATEMENT_RESULT, "the server said OK")
            .ofPolicy("a")
            .sending(Statement.STOP_ARCHIVELOG, List.of(ARCHIVE))
            .ending(SentStatement.Result.NOT_SENT, List.of());

    assertThat(json(StatusView.history(entry)))
        .isEqualTo(
            compact(
                """
                {"time":"2026-11-23T20:00:00Z","daemon":"backstop-1","by":"daemon",
                "cluster":"hz-prod","kind":"log","policy":"a","event":"statement_result",
                "reason":"the server said OK","statement":"ALTER SYSTEM STOP BACKUP ARCHIVELOG",
                "jobsBefore":[{"object":"archivelog","jobId":null,"tenantId":1,"tenant":null,
                "status":"DOING","destination":null}],"jobsAfter":[],"outcome":"not_sent"}
                """));
  }

  private static Disarming disarmed(String cluster, String reason) {
    return new Disarming(cluster, "kim", reason, EIGHT, EIGHT.plusSeconds(9));
  }

  private static Report report() {
    KindPlan data =
        new KindPlan(
            Kind.DATA,
            State.DRIFTED,
            Reason.of(ReasonCode.DUE_NOW, "due now"),
            EIGHT,
            List.of(new JobVerdict(SETS, Verdict.FORBIDDEN, List.of("b", "a"), Set.of())),
            Statement.CANCEL_BACKUPSET,
            0,
            new WindowState(false, EIGHT.plusSeconds(300)));
    KindPlan log =
        new KindPlan(
            Kind.LOG,
            State.DISARMED,
            new Reason(ReasonCode.DISARMED, "by kim", "backstop arm hz-prod"),
            EIGHT,
            List.of(new JobVerdict(ARCHIVE, Verdict.UNCOVERED, List.of(), Set.of())),
            null);
    return new Report(
        new Plan("hz-prod", EIGHT, List.of(data, log), List.of(), null),
        EIGHT.plusMillis(1500),
        "backstop-1",
        "10.0.0.1:2881",
        "3.1.4",
        EIGHT.plusSeconds(30));
  }

  @Test
  void policyOfSeveralClustersIsOnePolicyInItsWorstState() throws JsonProcessingException {
    KnownPolicy first = known("a", new DeletionEffective(SINCE, Set.of(Kind.LOG), false));
    KnownPolicy second =
        new KnownPolicy(
            first.policy().on("sh-prod"),
            first.file(),
            new DeletionHeld(HoldReason.CLUSTER_NOT_IN_CONF, EIGHT, SINCE),
            null);
    PolicyRegistry registry = new PolicyRegistry(List.of(first, second), List.of(), "");

    assertThat(
            json(
                StatusView.status(List.of(), registry, List.of(), List.of(), List.of(), List.of())))
        .contains(
            compact(
                """
                "policies":[{"name":"a","file":"a.yaml","cluster":null,
                "clusters":["hz-prod","sh-prod"],"data":"on","log":"off","mode":"observe",
                "state":"held_deletion","error":null}],
                """));
  }

  private static KnownPolicy known(String name, FileState state) {
    Policy policy =
        new Policy(
            name,
            "hz-prod",
            Coverage.WHOLE_CLUSTER,
            Desired.ON,
            Desired.OFF,
            Mode.OBSERVE,
            Schedule.every(Duration.ofSeconds(30), ZoneOffset.UTC),
            OnDelete.STOP,
            Duration.ofMinutes(15));
    return new KnownPolicy(policy, name + ".yaml", state, null);
  }

  private static String json(Map<String, @Nullable Object> tree) throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(tree);
  }

  private static String compact(String lines) {
    return String.join("", Arrays.asList(lines.split("\n", -1)));
  }
}
