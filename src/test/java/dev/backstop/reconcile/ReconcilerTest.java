package dev.backstop.reconcile;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.LastLook;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.Report;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tells what one cycle does with its ports: record, send once, record, and look again. */
class ReconcilerTest extends ReconcilerFixture {

  @Test
  void sendsOnceAndLooksAgainInTwoSeconds() {
    Reconciler daemon = by("daemon");
    assertThat(data(daemon.cycle("c1", START)).state()).isEqualTo(State.STOPPING);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
    assertThat(asked).containsExactly(START.plusSeconds(2));
    sight = look().set(7, "CANCEL");
    clock.advance(Duration.ofSeconds(2));
    daemon.cycle("c1", null);
    assertThat(sent).hasSize(1);
  }

  @Test
  void saysWhoHoldsTheLeaseWhereAnotherActs() {
    by("daemon").cycle("c1", START);
    sight = look().set(8, "BACKUP");
    clock.advance(Duration.ofSeconds(2));
    KindPlan plan = data(by("daemon/apply").cycle("c1", null));
    assertThat(sent).hasSize(1);
    assertThat(plan.reason().code()).isEqualTo(ReasonCode.NO_PERMIT);
    assertThat(plan.reason().words()).contains("no permit", "daemon", "08:01:05");
  }

  /** What an edit newly forbids can't be told without them. */
  @Test
  void asksForTheNamesOfWhatWasSettledBefore() {
    Reconciler daemon = by("daemon");
    KnownPolicy whole = known;
    known =
        KnownPolicy.good(policy("hz").on("c1").tenants("pay").build(), "hz.yaml", timeline(START));
    daemon.cycle("c1", START);
    known = whole;
    daemon.cycle("c1", null);
    daemon.cycle("c1", null);
    assertThat(namesAsked).containsExactly(Set.of("pay"), Set.of("pay"), Set.of());
  }

  @Test
  void sendsNothingOnALookThatGrewOldWhileTheProcessStoodStill() {
    reading = () -> clock.advance(Duration.ofSeconds(20));
    Reconciler daemon = by("daemon");
    assertThat(data(daemon.cycle("c1", START)).reason().words()).contains("too long ago");
    assertThat(sent).isEmpty();
    reading = () -> {};
    clock.advance(Duration.ofSeconds(60));
    daemon.cycle("c1", null);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void sendsNothingOnALookThatIsOldOnceTheStoreHasAnswered() {
    store.onLoad(() -> clock.advance(Duration.ofSeconds(6)));
    by("daemon").cycle("c1", START);
    assertThat(sent).isEmpty();
  }

  /** The policy moved to another cluster, or a person forgot its deletion. */
  private void leaveUnmanagedFor(Duration time) {
    clock.advance(Duration.ofSeconds(2));
    isUnmanaged = true;
    by("daemon").cycle("c1", null);
    clock.advance(time);
    isUnmanaged = false;
    known = KnownPolicy.good(policy("other").on("c1").build(), "other.yaml", clock.timeline());
  }

  @Test
  void aStopIsOverOnceNoPolicyNamesItsCluster() {
    by("daemon").cycle("c1", START);
    assertThat(sent).hasSize(1);
    leaveUnmanagedFor(Duration.ofDays(3));
    strays = List.of(StrayFile.of("stray.yaml", "s", "c1", "1:1: broken"));
    sight = look().set(9, "BACKUP");
    KindPlan plan = data(by("daemon").cycle("c1", null));
    assertThat(plan.reason().code()).isEqualTo(ReasonCode.BROKEN_FILE);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aLookBeforeAClusterWasUnmanagedProvesNothingAfterIt() {
    by("daemon").cycle("c1", START);
    clock.advance(Duration.ofSeconds(2));
    sight = look();
    by("daemon").cycle("c1", null);
    leaveUnmanagedFor(Duration.ofDays(3));
    assertThat(data(by("daemon").cycle("c1", null)).state()).isEqualTo(State.STOPPING);
  }

  @Test
  void recordsOfManyJobsTheFirst() {
    for (int id = 1; id <= 1_000; id++) {
      sight = sight.set(id, "BACKUP");
    }
    Report report = by("daemon").cycle("c1", START).orElseThrow();
    KindPlan recorded = report.recorded().plan().kind(Kind.DATA);
    assertThat(recorded.jobs()).hasSize(100);
    assertThat(recorded.moreJobs()).isEqualTo(report.plan().kind(Kind.DATA).jobs().size() - 100);
    assertThat(recorded.reason().words()).contains("more run").hasSizeLessThan(1_500);
    assertThat(store.reports()).extracting(Report::plan).contains(report.recorded().plan());
    assertThat(store.history(new HistoryQuery("c1", START, 100)))
        .isNotEmpty()
        .allMatch(entry -> entry.jobsBefore().size() <= 100);
    LastLook last = Objects.requireNonNull(store.load("c1").record().data().lastLook());
    assertThat(last.rows()).hasSizeLessThan(1_001);
  }
}
