package dev.backstop.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.Plan;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastReportsTest {

  private static final Instant EIGHT = Instant.parse("2026-11-23T20:00:00Z");

  private final LastReports last = new LastReports();

  @Test
  void onlyTheLatestReportOfEachClusterIsKeptSortedByName() {
    cycle("b", EIGHT);
    cycle("a", EIGHT);
    cycle("b", EIGHT.plusSeconds(30));

    assertThat(last.reports()).extracting(Report::cluster).containsExactly("a", "b");
    assertThat(last.report("b").orElseThrow().observedAt()).isEqualTo(EIGHT.plusSeconds(30));
  }

  @Test
  void aLookThatChangedNothingMovesTheTimeAlone() {
    cycle("a", EIGHT);
    long before = last.changes();
    Report report = last.report("a").orElseThrow();
    last.onUnchangedLook(
        report.lookedAgain(EIGHT.plusSeconds(30), null), Duration.ZERO, Duration.ZERO);
    assertThat(last.report("a").orElseThrow().observedAt()).isEqualTo(EIGHT.plusSeconds(30));
    assertThat(last.changes()).isEqualTo(before);
    cycle("a", EIGHT.plusSeconds(60));
    assertThat(last.changes()).isGreaterThan(before);
  }

  @Test
  void clustersThatNothingNamesAreDropped() {
    cycle("a", EIGHT);
    cycle("b", EIGHT);

    last.retain(List.of("b", "c"));

    assertThat(last.reports()).extracting(Report::cluster).containsExactly("b");
  }

  @Test
  void beforeTheFirstScanNothingIsKnownOfFolderAndStore() {
    assertThat(last.scannedAt()).isEmpty();
    assertThat(last.isDirectoryTrusted()).isFalse();
    assertThat(last.policies()).isEqualTo(PolicyRegistry.EMPTY);
    assertThat(last.isStoreWritable()).isEmpty();
  }

  @Test
  void theLastScanIsShown() {
    PolicyRegistry registry =
        new PolicyRegistry(List.of(), List.of(StrayFile.of("x.yaml", null, null, "bad")), "d");

    last.onFolderScan(registry, true, EIGHT);
    last.onStoreWritable(false);

    assertThat(last.policies()).isEqualTo(registry);
    assertThat(last.isDirectoryTrusted()).isTrue();
    assertThat(last.scannedAt()).contains(EIGHT);
    assertThat(last.isStoreWritable()).contains(false);
  }

  private void cycle(String cluster, Instant observedAt) {
    Plan plan = new Plan(cluster, observedAt, List.of(), List.of(), null);
    last.onCycleEnd(
        new Report(plan, observedAt, "backstop-1", "h:1", "3.1.4", null),
        Duration.ZERO,
        Duration.ZERO);
  }
}
