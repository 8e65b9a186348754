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
import dev.backstop.plan.Plan;
import dev.backstop.plan.PolicyFingerprints;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
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
import dev.backstop.policy.StrayFile;
import dev.backstop.policy.TenantRef;
import dev.backstop.timeline.ClockReading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Says what every store promises; each implementation runs all of it. */
public abstract class StateStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00.123456Z");
  private static final Duration LEASE = Duration.ofSeconds(65);
  private static final Actor DAEMON = new Actor("backstop-1", "daemon", "backstop-1");
  private static final Actor APPLY = new Actor("backstop-1", "apply", "apply-4711");
  private static final Job JOB =
      new Job(JobObject.BACKUPSET, 7, TenantId.SYS, "", "DOING", "file:///backup");

  /** Returns the store under test, empty at the beginning of each test. */
  protected abstract StateStore store();

  /** Returns the same store as another process has it open. */
  protected abstract StateStore neighbour();

  // The registry

  @Test
  void bookIsEmptyAtFirst() {
    assertThat(store().registry()).isEqualTo(new StoredRegistry(PolicyRegistry.EMPTY, 0, null));
  }

  @Test
  void savedBookComesBackAsItWas() {
    PolicyRegistry registry =
        new PolicyRegistry(
            List.of(
                KnownPolicy.live(
                    policy("live", Coverage.WHOLE_CLUSTER), "live.yaml", timeline(NOW)),
                known("broken", FileState.BROKEN, null, Set.of(), "3:1: what is this"),
                known("held", FileState.HELD, HoldReason.ALL_GONE, Set.of(), ""),
                known("gone", FileState.COUNTED, null, Set.of(Kind.LOG), "")),
            List.of(new StrayFile("stray.yaml", "a", null, "1:1: no policy")),
            "device 7, inode 9");
    assertThat(store().saveRegistry(registry, 0, List.of(entry(NOW, "", Event.POLICY_ADDED))))
        .isTrue();
    assertThat(neighbour().registry()).isEqualTo(new StoredRegistry(registry, 1, null));
    assertThat(told()).extracting(HistoryEntry::event).containsExactly(Event.POLICY_ADDED);
  }

  @Test
  void savedBookReplacesTheOneBefore() {
    store().saveRegistry(registryOf("a", "b"), 0, List.of());
    assertThat(store().saveRegistry(registryOf("b", "c"), 1, List.of())).isTrue();
    assertThat(neighbour().registry()).isEqualTo(new StoredRegistry(registryOf("b", "c"), 2, null));
  }

  @Test
  void bookIsNotSaved_whereSomebodyElseWroteFirst() {
    neighbour().saveRegistry(registryOf("theirs"), 0, List.of());
    boolean saved =
        store().saveRegistry(registryOf("ours"), 0, List.of(entry(NOW, "", Event.POLICY_ADDED)));
    assertThat(saved).isFalse();
    assertThat(store().registry().policies()).isEqualTo(registryOf("theirs"));
    assertThat(told()).isEmpty();
  }

  @Test
  void lastHeartbeatIsTheLastOneWritten_whateverItsClockSaid() {
    store().heartbeat(DAEMON, NOW.plusSeconds(3600));
    neighbour().heartbeat(APPLY, NOW);
    assertThat(store().registry().heartbeat()).isEqualTo(NOW);
  }

  // Memories and reports

  @Test
  void unknownClusterHasNoMemory() {
    assertThat(store().load("hz")).isEqualTo(new StoredState(ClusterRecord.none("hz"), null, 0));
    assertThat(store().records()).isEmpty();
    assertThat(store().reports()).isEmpty();
  }

  /** What a cycle decides by may be older than what another process has read. */
  @Test
  void recallTellsTheRevisionOfTheBook() {
    neighbour().saveRegistry(registryOf("theirs"), 0, List.of());
    assertThat(store().load("hz").registry()).isEqualTo(store().registry().revision()).isEqualTo(1);
  }

  @Test
  void whatAPersonDecidesOfSeveralClustersIsWrittenAtOnce_orNotAtAll() {
    store().saveCycle(heldRecord("bj", 0), report("bj"), List.of());
    store().saveCycle(heldRecord("hz", 0), report("hz"), List.of());
    List<ClusterRecord> outdated = released();
    neighbour().saveCycle(heldRecord("hz", 1), report("hz"), List.of());

    List<HistoryEntry> approved = List.of(entry(NOW, "hz", Event.APPROVED));
    assertThat(store().decide(Optional.empty(), 0, outdated, approved)).isFalse();
    assertThat(neighbour().records()).allMatch(one -> one.budgetHold() != null);
    assertThat(told()).isEmpty();

    long changes = neighbour().changeCounter();
    assertThat(store().decide(Optional.empty(), 0, released(), approved)).isTrue();
    assertThat(neighbour().records()).allMatch(one -> one.budgetHold() == null);
    assertThat(told()).isEqualTo(approved);
    assertThat(neighbour().changeCounter()).as("others notice").isGreaterThan(changes);
  }

  private List<ClusterRecord> released() {
    return store().records().stream().map(one -> one.settled(one.settled(), null)).toList();
  }

  @Test
  void whatACycleLeavesComesBackAsItWas() {
    ClusterRecord record = fullRecord("hz");
    Report report = report("hz");
    HistoryEntry changed = entry(NOW, "hz", Event.STATE_CHANGED);
    assertThat(store().saveCycle(record, report, List.of(changed))).contains(1L);
    assertThat(neighbour().load("hz").record()).isEqualTo(record.atRevision(1));
    assertThat(neighbour().records()).containsExactly(record.atRevision(1));
    assertThat(neighbour().reports()).containsExactly(report);
    assertThat(told()).containsExactly(changed);
  }

  @Test
  void nothingIsRecorded_whereSomebodyElseWroteFirst() {
    ClusterRecord read = store().load("hz").record();
    neighbour().saveCycle(fullRecord("hz"), report("hz"), List.of());
    Optional<Long> revision =
        store().saveCycle(read, report("hz"), List.of(entry(NOW, "hz", Event.STATE_CHANGED)));
    assertThat(revision).isEmpty();
    assertThat(store().load("hz").record()).isEqualTo(fullRecord("hz").atRevision(1));
    assertThat(told()).isEmpty();
  }

  @Test
  void reportsAreSortedByCluster() {
    for (String cluster : List.of("sh", "bj", "hz")) {
      store().saveCycle(ClusterRecord.none(cluster), report(cluster), List.of());
    }
    assertThat(store().reports()).extracting(Report::cluster).containsExactly("bj", "hz", "sh");
    assertThat(store().records())
        .extracting(ClusterRecord::cluster)
        .containsExactly("bj", "hz", "sh");
  }

  @Test
  void droppedClusterIsUnknownAgain_andNoOtherIsTouched() {
    store().saveCycle(fullRecord("hz"), report("hz"), List.of());
    store().saveCycle(fullRecord("sh"), report("sh"), List.of());
    store().dropCluster("hz");
    assertThat(neighbour().load("hz").record()).isEqualTo(ClusterRecord.none("hz"));
    assertThat(neighbour().reports()).containsExactly(report("sh"));
  }

  // The change counter

  @Test
  void changeCounterMoves_forWhatCommandsWrite() {
    List<Long> seen = new ArrayList<>(List.of(store().changeCounter()));
    neighbour().saveRegistry(registryOf("a"), 0, List.of());
    seen.add(store().changeCounter());
    neighbour().disarm(disarming("hz", null), entry(NOW, "hz", Event.DISARMED));
    seen.add(store().changeCounter());
    neighbour().arm("hz", entry(NOW, "hz", Event.ARMED));
    seen.add(store().changeCounter());
    neighbour().saveCycle(heldRecord("hz", 0), report("hz"), List.of());
    seen.add(store().changeCounter());
    neighbour().saveCycle(ClusterRecord.none("hz").atRevision(1), report("hz"), List.of());
    seen.add(store().changeCounter());
    assertThat(seen).doesNotHaveDuplicates();
  }

  @Test
  void changeCounterRests_whileCyclesWrite_orTwoProcessesWouldWakeEachOtherForEver() {
    neighbour().saveCycle(heldRecord("hz", 0), report("hz"), List.of());
    long before = store().changeCounter();
    neighbour().heartbeat(DAEMON, NOW);
    neighbour().saveCycle(heldRecord("hz", 1), report("hz"), List.of());
    Permit permit = grant(neighbour(), request(DAEMON, heldRecord("hz", 2), NOW));
    neighbour().settle(permit, accepted(NOW), entry(NOW, "hz", Event.STATEMENT_RESULT));
    admit(neighbour(), "hz", 5, NOW);
    neighbour().appendHistory(List.of(entry(NOW, "", Event.DAEMON_STARTED)));
    neighbour().takeOverLeases("backstop-1");
    neighbour().arm("hz", entry(NOW, "hz", Event.ARMED));
    neighbour().trimHistory(NOW, 0);
    assertThat(store().changeCounter()).isEqualTo(before);
  }

  // The budget

  @Test
  void budgetAdmitsSoManyClustersAnHour_andEachOfThemAgain() {
    assertThat(admit(store(), "a", 2, NOW)).isTrue();
    assertThat(admit(neighbour(), "b", 2, NOW)).isTrue();
    assertThat(admit(store(), "c", 2, NOW)).isFalse();
    assertThat(admit(store(), "a", 2, NOW)).isTrue();
    assertThat(admit(store(), "c", 3, NOW)).isTrue();
  }

  @Test
  void budgetIsFreeAgain_afterAnHour() {
    admit(store(), "a", 1, NOW);
    assertThat(admit(store(), "b", 1, NOW.plusSeconds(3599))).isFalse();
    assertThat(admit(store(), "b", 1, NOW.plusSeconds(3600))).isTrue();
    assertThat(admit(store(), "a", 1, NOW.plusSeconds(3600))).isFalse();
  }

  @Test
  void budgetCountsAClusterFromWhenItWasLastNewlyStopped() {
    admit(store(), "a", 1, NOW);
    assertThat(admit(neighbour(), "a", 1, NOW.plusSeconds(3500))).isTrue();
    assertThat(admit(store(), "b", 1, NOW.plusSeconds(3700))).as("200 s after a").isFalse();
    assertThat(admit(store(), "b", 1, NOW.plusSeconds(7100))).isTrue();
  }

  @Test
  void budgetCountsWhatSeemsToLieAhead_whereTheClockWentBack() {
    admit(store(), "a", 1, NOW);
    assertThat(admit(store(), "b", 1, NOW.minusSeconds(7200))).isFalse();
  }

  @Test
  void noLimitAdmitsAll_andIsRememberedWhereALimitFollows() {
    assertThat(IntStream.range(0, 9).allMatch(i -> admit(store(), "c" + i, 0, NOW))).isTrue();
    assertThat(admit(store(), "other", 9, NOW)).isFalse();
  }

  @Test
  void budgetTellsWhoTookAUnitSince() {
    admit(store(), "late", 3, NOW);
    admit(neighbour(), "early", 3, NOW.minusSeconds(60));
    admit(store(), "before", 3, NOW.minusSeconds(61));
    assertThat(store().admittedSince(timeline(NOW.minusSeconds(60))))
        .containsExactly(
            Map.entry("early", timeline(NOW.minusSeconds(60))), Map.entry("late", timeline(NOW)));
  }

  // Permits and leases

  @Test
  void permitIsGranted_withHistoryMemoryAndLeaseInOneStep() {
    PermitRequest request = request(DAEMON, fullRecord("hz"), NOW);
    Authorization answer = store().authorize(request);
    assertThat(answer.refusal()).isEmpty();
    assertThat(answer.revision()).isEqualTo(1);
    assertThat(answer.permit())
        .extracting(Permit::cluster, Permit::statement, permit -> permit.grantedAt().wall())
        .containsExactly("hz", Statement.CANCEL_BACKUPSET, NOW);
    assertThat(neighbour().load("hz").record()).isEqualTo(fullRecord("hz").atRevision(1));
    assertThat(told()).containsExactly(request.entry());
    assertThat(neighbour().permitOutstandingUntil("hz", timeline(NOW)))
        .contains(timeline(NOW.plus(LEASE)));
    assertThat(neighbour().permitOutstandingUntil(Disarming.ALL, timeline(NOW)))
        .contains(timeline(NOW.plus(LEASE)));
    assertThat(neighbour().permitOutstandingUntil("sh", timeline(NOW))).isEmpty();
  }

  @Test
  void permitsHaveDifferentIds() {
    Permit first = grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    Permit second = grant(neighbour(), request(DAEMON, ClusterRecord.none("sh"), NOW));
    assertThat(first.id()).isNotEqualTo(second.id());
  }

  @Test
  void noPermit_whileTheClusterIsDisarmed() {
    neighbour().disarm(disarming("hz", NOW.plusSeconds(60)), entry(NOW, "hz", Event.DISARMED));
    Authorization answer = store().authorize(request(DAEMON, ClusterRecord.none("hz"), NOW));
    assertRefused(answer, "hz", "alice", "storage move", "backstop arm hz");
    assertThat(grant(store(), request(DAEMON, ClusterRecord.none("sh"), NOW))).isNotNull();
    assertThat(grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW.plusSeconds(60))))
        .isNotNull();
  }

  @Test
  void noPermit_whileAllAreDisarmed_evenWhereTheClustersOwnDisarmingEnded() {
    neighbour().disarm(disarming(Disarming.ALL, null), entry(NOW, "", Event.DISARMED));
    neighbour().disarm(disarming("hz", NOW.minusSeconds(1)), entry(NOW, "hz", Event.DISARMED));
    Authorization answer = store().authorize(request(DAEMON, ClusterRecord.none("hz"), NOW));
    assertRefused(answer, "alice", "backstop arm --all");
  }

  @Test
  void noPermit_whereSomebodyElseWroteTheMemory() {
    ClusterRecord read = store().load("hz").record();
    neighbour().saveCycle(fullRecord("hz"), report("hz"), List.of());
    assertRefused(store().authorize(request(DAEMON, read, NOW)), "hz");
    assertThat(store().load("hz").record()).isEqualTo(fullRecord("hz").atRevision(1));
  }

  @Test
  void permitIsRefused_whereSomebodyWroteThePolicyBookSinceTheFilesWereRead() {
    store().saveRegistry(registryOf("a", "b"), 0, List.of());
    neighbour().saveRegistry(registryOf("a"), 1, List.of(entry(NOW, "hz", Event.FORGOTTEN)));
    PermitRequest request = request(DAEMON, ClusterRecord.none("hz"), NOW);
    assertRefused(store().authorize(by(request, 1)), "policies changed", "hz");
    assertThat(store().load("hz").record()).isEqualTo(ClusterRecord.none("hz"));
    assertThat(told()).extracting(HistoryEntry::event).containsExactly(Event.FORGOTTEN);
    assertThat(grant(store(), by(request, 2))).isNotNull();
  }

  @Test
  void noPermit_whileSomebodyElseHoldsTheLease_andOneOnceItEnded() {
    Permit first = grant(neighbour(), request(APPLY, ClusterRecord.none("hz"), NOW));
    neighbour().settle(first, accepted(NOW), entry(NOW, "hz", Event.STATEMENT_RESULT));
    ClusterRecord read = store().load("hz").record();
    Instant end = NOW.plus(LEASE);
    assertRefused(
        store().authorize(request(DAEMON, read, end.minusMillis(1))), "apply-4711", end.toString());
    assertThat(grant(store(), request(DAEMON, read, end))).isNotNull();
  }

  /** It was written before the clock went back, and would keep others out for as long. */
  @Test
  void leaseThatLiesFurtherAheadThanAnyLastsKeepsNobodyOut() {
    grant(neighbour(), request(APPLY, ClusterRecord.none("hz"), NOW));
    ClusterRecord read = store().load("hz").record();
    assertRefused(
        store().authorize(request(DAEMON, read, NOW.minusSeconds(60))),
        "apply-4711",
        NOW.plus(LEASE).toString());
    assertThat(grant(store(), request(DAEMON, read, NOW.minusSeconds(61)))).isNotNull();
  }

  @Test
  void leaseFromRightBeforeTheClockWentBackKeepsOthersOutForAsLongAsItLasts() {
    grant(neighbour(), request(APPLY, ClusterRecord.none("hz"), NOW));
    ClusterRecord read = store().load("hz").record();
    assertRefused(
        store().authorize(setBack(request(DAEMON, read, NOW.plus(LEASE).minusMillis(1)))),
        "apply-4711");
    assertThat(grant(store(), setBack(request(DAEMON, read, NOW.plus(LEASE))))).isNotNull();
  }

  private static PermitRequest setBack(PermitRequest request) {
    ClockReading now = request.now();
    ClockReading back =
        new ClockReading(now.instant(), now.wall().minus(Duration.ofDays(1)), now.elapsed());
    return new PermitRequest(
        request.actor(),
        request.statement(),
        request.record(),
        request.registry(),
        request.entry(),
        new LeaseTerm(back, LEASE));
  }

  @Test
  void ownLeaseKeepsNobodyOut_andIsRenewed() {
    grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    Instant later = NOW.plusSeconds(10);
    grant(store(), request(DAEMON, store().load("hz").record(), later));
    assertThat(store().permitOutstandingUntil("hz", timeline(later)))
        .contains(timeline(later.plus(LEASE)));
  }

  @Test
  void settledPermitIsNotOutstanding() {
    Permit permit = grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    HistoryEntry result = entry(NOW, "hz", Event.STATEMENT_RESULT);
    store().settle(permit, accepted(NOW), result);
    assertThat(neighbour().permitOutstandingUntil("hz", timeline(NOW))).isEmpty();
    assertThat(told()).hasSize(2).endsWith(result);
  }

  @Test
  void permitWithoutOutcomeIsOutstanding_untilItsLeaseEnds() {
    grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    Instant end = NOW.plus(LEASE);
    assertThat(store().permitOutstandingUntil("hz", timeline(end.minusMillis(1))))
        .contains(timeline(end));
    assertThat(store().permitOutstandingUntil("hz", timeline(end))).isEmpty();
  }

  @Test
  void restartedDaemonTakesOverItsOwnLeases_andNoOther() {
    grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    grant(store(), request(APPLY, ClusterRecord.none("sh"), NOW));
    neighbour().takeOverLeases("backstop-1");
    assertThat(store().permitOutstandingUntil("hz", timeline(NOW))).isEmpty();
    assertThat(store().permitOutstandingUntil("sh", timeline(NOW))).isPresent();
    Actor other = new Actor("backstop-2", "daemon", "backstop-2");
    assertThat(grant(store(), request(other, store().load("hz").record(), NOW))).isNotNull();
    assertRefused(store().authorize(request(other, store().load("sh").record(), NOW)), "apply");
  }

  // Disarmings

  @Test
  void disarmingsThatHoldAreListed() {
    Disarming forever = disarming("hz", null);
    Disarming today = disarming("sh", NOW.plusSeconds(60));
    store().disarm(today, entry(NOW, "sh", Event.DISARMED));
    store().disarm(forever, entry(NOW, "hz", Event.DISARMED));
    assertThat(neighbour().disarmings(NOW)).containsExactly(forever, today);
    assertThat(neighbour().disarmings(NOW.plusSeconds(60))).containsExactly(forever);
    assertThat(told()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2262-04-11T23:47:16.854776Z",
        "2262-04-12T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "+294247-01-10T04:00:54.775807Z"
      })
  void disarmingIsKeptUntilAsLateATimeAsIsNamed(Instant until) {
    Disarming late = disarming("hz", until);
    store().disarm(late, entry(NOW, "hz", Event.DISARMED));
    assertThat(neighbour().disarmings(NOW))
        .extracting(one -> one.withLeft(Duration.ZERO))
        .containsExactly(late);
    Disarming loaded = neighbour().load("hz").disarming();
    assertThat(loaded).isNotNull();
    assertThat(loaded.withLeft(Duration.ZERO)).isEqualTo(late);
  }

  @Test
  void disarmingHoldsEvenWhereItsEndIsLaterThanCanBeKept() {
    store().disarm(disarming("hz", Instant.MAX), entry(NOW, "hz", Event.DISARMED));
    Instant inManyYears = Instant.parse("+290000-01-01T00:00:00Z");
    assertThat(neighbour().disarmings(inManyYears)).hasSize(1);
    Disarming found = neighbour().load("hz").disarming();
    assertThat(found).isNotNull().matches(one -> one.holdsAt(inManyYears));
  }

  @Test
  void laterDisarmingReplacesAnEarlierOneOfTheSame() {
    store().disarm(disarming("hz", null), entry(NOW, "hz", Event.DISARMED));
    Disarming later = disarming("hz", NOW.plusSeconds(60));
    store().disarm(later, entry(NOW, "hz", Event.DISARMED));
    assertThat(store().disarmings(NOW)).containsExactly(later);
  }

  @Test
  void recallNamesTheDisarmingThatHoldsLongest() {
    Disarming all = disarming(Disarming.ALL, NOW.plusSeconds(60));
    Disarming own = disarming("hz", null);
    store().disarm(all, entry(NOW, "", Event.DISARMED));
    assertThat(neighbour().load("hz").disarming()).isEqualTo(all);
    store().disarm(own, entry(NOW, "hz", Event.DISARMED));
    assertThat(neighbour().load("hz").disarming()).isEqualTo(own);
    assertThat(neighbour().load("sh").disarming()).isEqualTo(all);
  }

  @Test
  void armEndsAClustersOwnDisarming_notTheOneForAll() {
    Disarming own = disarming("hz", null);
    Disarming all = disarming(Disarming.ALL, null);
    store().disarm(own, entry(NOW, "hz", Event.DISARMED));
    store().disarm(all, entry(NOW, "", Event.DISARMED));
    assertThat(neighbour().arm("hz", entry(NOW, "hz", Event.ARMED))).isEqualTo(own);
    assertThat(store().disarmings(NOW)).containsExactly(all);
    assertThat(told()).extracting(HistoryEntry::event).contains(Event.ARMED);
  }

  @Test
  void armAllEndsEveryDisarming() {
    store().disarm(disarming("hz", null), entry(NOW, "hz", Event.DISARMED));
    store().disarm(disarming(Disarming.ALL, null), entry(NOW, "", Event.DISARMED));
    assertThat(neighbour().arm(Disarming.ALL, entry(NOW, "", Event.ARMED)))
        .isEqualTo(disarming(Disarming.ALL, null));
    assertThat(store().disarmings(NOW)).isEmpty();
  }

  @Test
  void armTellsNothing_whereNothingWasDisarmed() {
    assertThat(store().arm("hz", entry(NOW, "hz", Event.ARMED))).isNull();
    assertThat(told()).isEmpty();
  }

  // History

  @Test
  void historyComesBackAsItWasTold_oldestFirst() {
    HistoryEntry plain = entry(NOW, "hz", Event.STATE_CHANGED);
    HistoryEntry full =
        HistoryEntry.of(NOW.plusSeconds(1), DAEMON, "hz", Kind.DATA, Event.STATEMENT, "because")
            .ofPolicy("p1")
            .sending(Statement.CANCEL_BACKUPSET, List.of(JOB))
            .ending(SentStatement.Result.ACCEPTED, List.of());
    store().appendHistory(List.of(plain));
    store().appendHistory(List.of(full));
    assertThat(neighbour().history(new HistoryQuery("hz", Instant.EPOCH, 10)))
        .containsExactly(plain, full);
  }

  @Test
  void historyOfOneInstantKeepsTheOrderOfItsWriting() {
    List<HistoryEntry> entries =
        List.of(
            entry(NOW, "hz", Event.STATE_CHANGED),
            entry(NOW, "hz", Event.PERMIT_REFUSED),
            entry(NOW, "hz", Event.ARMED));
    store().appendHistory(entries);
    assertThat(told()).isEqualTo(entries);
  }

  @Test
  void historyIsAskedByClusterTimeAndNumber() {
    List<HistoryEntry> entries =
        IntStream.range(0, 10)
            .mapToObj(i -> entry(NOW.plusSeconds(i), i % 2 == 0 ? "hz" : "sh", Event.ARMED))
            .toList();
    store().appendHistory(entries);
    assertThat(store().history(new HistoryQuery("sh", NOW, 100)))
        .extracting(HistoryEntry::cluster)
        .hasSize(5)
        .containsOnly("sh");
    assertThat(store().history(new HistoryQuery(null, NOW.plusSeconds(4), 100)))
        .isEqualTo(entries.subList(4, 10));
    assertThat(store().history(new HistoryQuery(null, NOW, 3))).isEqualTo(entries.subList(7, 10));
    assertThat(store().history(new HistoryQuery(null, Instant.MIN, 100))).isEqualTo(entries);
    assertThat(store().history(new HistoryQuery(null, Instant.MAX, 100))).isEmpty();
  }

  /** Whatever the bound: the newest are handed over, and it is told where others are left out. */
  @Test
  void historyIsBoundedBySizeAndNumber_andSaysWhereOlderEntriesAreLeftOut() {
    List<HistoryEntry> entries =
        IntStream.range(0, 10).mapToObj(i -> entry(NOW.plusSeconds(i), "hz", Event.ARMED)).toList();
    store().appendHistory(entries);
    Set<Integer> seen = new TreeSet<>();
    for (long size = 0; size <= 10_000; size += 50) {
      List<HistoryEntry> read = new ArrayList<>();
      boolean isCut = store().readHistory(new HistoryQuery("hz", NOW, 100, size), read::add);
      assertThat(read).isEqualTo(entries.subList(10 - read.size(), 10));
      assertThat(isCut).isEqualTo(read.size() < 10);
      seen.add(read.size());
    }
    assertThat(seen).hasSize(11);
    assertThat(isCut(10)).isFalse();
    assertThat(isCut(9)).isTrue();
  }

  private boolean isCut(int limit) {
    return store().readHistory(new HistoryQuery(null, NOW, limit), entry -> {});
  }

  @Test
  void historyBeyondItsAgeIsDropped() {
    store()
        .appendHistory(
            List.of(entry(NOW, "hz", Event.ARMED), entry(NOW.plusSeconds(1), "hz", Event.ARMED)));
    store().trimHistory(NOW.plusSeconds(1), Long.MAX_VALUE);
    assertThat(told()).extracting(HistoryEntry::time).containsExactly(NOW.plusSeconds(1));
  }

  @Test
  void oldestHistoryBeyondItsSizeIsDropped() {
    List<HistoryEntry> entries =
        IntStream.range(0, 100)
            .mapToObj(i -> entry(NOW.plusSeconds(i), "hz", Event.ARMED))
            .toList();
    store().appendHistory(entries);
    store().trimHistory(Instant.EPOCH, 10_000);
    List<HistoryEntry> kept = told();
    assertThat(kept).hasSizeBetween(10, 90).isEqualTo(entries.subList(100 - kept.size(), 100));
    store().trimHistory(Instant.EPOCH, 10_000);
    assertThat(told()).isEqualTo(kept);
    store().trimHistory(Instant.EPOCH, 0);
    assertThat(told()).isEmpty();
  }

  // Many at once

  @Test
  void ofManyWritersOneWinsEachRevision() throws Exception {
    List<Integer> wins =
        together(
            i -> {
              StateStore mine = i % 2 == 0 ? store() : neighbour();
              int won = 0;
              for (int round = 0; round < 20; round++) {
                ClusterRecord read = mine.load("hz").record();
                won += mine.saveCycle(read, report("hz"), List.of()).isPresent() ? 1 : 0;
              }
              return won;
            });
    int won = wins.stream().mapToInt(Integer::intValue).sum();
    assertThat(store().load("hz").record().revision()).isEqualTo(won).isGreaterThan(0);
  }

  @Test
  void ofManyActorsOneGetsThePermit() throws Exception {
    List<Boolean> granted =
        together(
            i -> {
              StateStore mine = i % 2 == 0 ? store() : neighbour();
              Actor actor = new Actor("backstop-" + i, "daemon", "backstop-" + i);
              Authorization answer = mine.authorize(request(actor, ClusterRecord.none("hz"), NOW));
              return answer.permit() != null;
            });
    assertThat(granted).containsOnlyOnce(true);
    assertThat(told()).hasSize(1);
  }

  @Test
  void ofManyClustersTheBudgetAdmitsNoMoreThanItsLimit() throws Exception {
    List<Boolean> admitted =
        together(i -> admit(i % 2 == 0 ? store() : neighbour(), "c" + i, 3, NOW));
    assertThat(admitted).filteredOn(Boolean::booleanValue).hasSize(3);
  }

  private interface Numbered<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> together(Numbered<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int number = i;
        calls.add(() -> work.run(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<HistoryEntry> told() {
    return neighbour().history(new HistoryQuery(null, Instant.EPOCH, 1000));
  }

  private static void assertRefused(Authorization answer, String... words) {
    assertThat(answer.permit()).isNull();
    assertThat(answer.refusal()).contains(words);
  }

  private static Permit grant(StateStore store, PermitRequest request) {
    Authorization answer = store.authorize(request);
    Permit permit = answer.permit();
    assertThat(answer.refusal()).isEmpty();
    if (permit == null) {
      throw new AssertionError("neither a permit nor a refusal: " + answer);
    }
    return permit;
  }

  private static PermitRequest request(Actor actor, ClusterRecord record, Instant now) {
    HistoryEntry entry =
        HistoryEntry.of(now, actor, record.cluster(), Kind.DATA, Event.STATEMENT, "p1 says off")
            .sending(Statement.CANCEL_BACKUPSET, List.of(JOB));
    return new PermitRequest(actor, Statement.CANCEL_BACKUPSET, record, null, entry, steady(now));
  }

  private static PermitRequest by(PermitRequest request, long registry) {
    return new PermitRequest(
        request.actor(),
        request.statement(),
        request.record(),
        registry,
        request.entry(),
        request.term());
  }

  private static LeaseTerm steady(Instant now) {
    return new LeaseTerm(at(now), LEASE);
  }

  private static Outcome accepted(Instant at) {
    return new Outcome(SentStatement.Result.ACCEPTED, 0, "", at);
  }

  private static Disarming disarming(String cluster, @Nullable Instant until) {
    return new Disarming(cluster, "alice", "storage move", NOW.minusSeconds(60), until);
  }

  private static HistoryEntry entry(Instant time, String cluster, Event event) {
    return HistoryEntry.of(time, DAEMON, cluster, "", event, "told for the test");
  }

  protected static PolicyRegistry registryOf(String... names) {
    List<KnownPolicy> policies =
        List.of(names).stream()
            .map(
                name -> KnownPolicy.live(policy(name, Coverage.WHOLE_CLUSTER), name, timeline(NOW)))
            .toList();
    return new PolicyRegistry(policies, List.of(), "folder");
  }

  private static KnownPolicy known(
      String name,
      FileState presence,
      @Nullable HoldReason hold,
      Set<Kind> outstanding,
      String problem) {
    Coverage tenants = Coverage.of(List.of(new TenantRef("1001"), new TenantRef("pay")));
    return new KnownPolicy(
        policy(name, tenants),
        name + ".yaml",
        presence,
        timeline(NOW),
        hold,
        outstanding,
        true,
        problem,
        presence == FileState.COUNTED ? null : timeline(NOW.minusSeconds(3)),
        new FileIdentity("7", "ab", FolderIdentity.configured("/policies")));
  }

  private static Policy policy(String name, Coverage coverage) {
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

  private static ClusterRecord heldRecord(String cluster, long revision) {
    return ClusterRecord.none(cluster)
        .settled(
            PolicySnapshot.NONE,
            new ClusterRecord.BudgetHold(
                PolicySnapshot.NONE, PolicySnapshot.NONE, NOW, HoldReason.BUDGET))
        .atRevision(revision);
  }

  private static ClusterRecord fullRecord(String cluster) {
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
            timeline(NOW),
            "7:DOING",
            timeline(NOW),
            timeline(NOW),
            Duration.ofMillis(1234),
            timeline(NOW),
            null,
            null,
            new Contention(List.of(timeline(NOW.minusSeconds(5)), timeline(NOW)), 2),
            PolicyFingerprints.parse("p1 hz whole cluster OFF"),
            "1227",
            2,
            State.STOPPING,
            NOW);
    PolicySnapshot snapshot =
        new PolicySnapshot(
            List.of(
                new PolicySnapshot.PolicyTerm(
                    "p1", Coverage.WHOLE_CLUSTER, Desired.OFF, null, true, true),
                new PolicySnapshot.PolicyTerm(
                    "p2",
                    Coverage.of(List.of(new TenantRef("pay"))),
                    Desired.ON,
                    Desired.ON,
                    false,
                    false)));
    return new ClusterRecord(cluster, 0, data, StopRecord.NONE, snapshot, null);
  }

  private static Report report(String cluster) {
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

  private static boolean admit(StateStore store, String cluster, int limit, Instant now) {
    return store.admit(cluster, limit, Duration.ofHours(1), timeline(now));
  }
}
