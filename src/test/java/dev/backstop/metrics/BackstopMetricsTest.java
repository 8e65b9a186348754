package dev.backstop.metrics;

import static dev.backstop.metrics.MetricsStory.EIGHT;
import static dev.backstop.metrics.MetricsStory.answer;
import static dev.backstop.metrics.MetricsStory.disarming;
import static dev.backstop.metrics.MetricsStory.permit;
import static dev.backstop.metrics.MetricsStory.report;
import static dev.backstop.metrics.MetricsStory.setJob;
import static dev.backstop.testing.Looks.look;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.policy.FileState;
import dev.backstop.policy.FileState.Broken;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.FileState.DeletionPending;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Disarming;
import dev.backstop.testing.Looks;
import dev.backstop.testing.Readings;
import dev.backstop.timeline.TimelineInstant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BackstopMetricsTest {

  @Test
  void everyFixedNameIsThereWithExactlyItsLabelsAndNoOther() {
    BackstopMetrics metrics = MetricsStory.told();
    metrics.onCycleEnd(
        report("hz-prod", State.DRIFTED, setJob("BACKUP")), Duration.ZERO, Duration.ZERO);
    Set<String> shown =
        metrics
            .prometheusText()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(0, line.lastIndexOf(' ')))
            .map(name -> Pattern.compile("=\"(?:[^\"\\\\]|\\\\.)*\"").matcher(name).replaceAll(""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(shown).containsExactlyInAnyOrderElementsOf(fixedNames());
  }

  private static List<String> fixedNames() {
    try (InputStream file = BackstopMetricsTest.class.getResourceAsStream("names.txt")) {
      assertThat(file).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aStopAndItsProofAreCountedAndTimed() {
    assertThat(lines(MetricsStory.told(), "hz-prod"))
        .contains(
            "backstop_state{cluster=\"hz-prod\",kind=\"data\",state=\"STOPPED\"} 1",
            "backstop_state{cluster=\"hz-prod\",kind=\"data\",state=\"STOPPING\"} 0",
            "backstop_state_since_timestamp_seconds{cluster=\"hz-prod\",kind=\"data\"} 1795464000",
            "backstop_converged{cluster=\"hz-prod\",kind=\"data\"} 1",
            "backstop_jobs_running{cluster=\"hz-prod\",kind=\"data\"} 0",
            "backstop_cluster_up{cluster=\"hz-prod\"} 1",
            "backstop_reconcile_expected_interval_seconds{cluster=\"hz-prod\"} 30",
            "backstop_reconcile_total{cluster=\"hz-prod\",result=\"ok\"} 2",
            "backstop_reconcile_total{cluster=\"hz-prod\",result=\"error\"} 0",
            "backstop_reconcile_seconds_count{cluster=\"hz-prod\"} 2",
            "backstop_reconcile_seconds_sum{cluster=\"hz-prod\"} 0.5",
            "backstop_statements_total{cluster=\"hz-prod\",statement=\"cancel_backupset\","
                + "result=\"accepted\"} 1",
            "backstop_stop_duration_seconds_sum{cluster=\"hz-prod\",kind=\"data\"} 4",
            "backstop_stop_duration_seconds_count{cluster=\"hz-prod\",kind=\"data\"} 1",
            "backstop_returned_jobs_total{cluster=\"hz-prod\",kind=\"data\"} 1",
            "backstop_disarmed{cluster=\"hz-prod\"} 0");
  }

  @Test
  void aLookThatChangedNothingIsACycleLikeAnyOther() {
    BackstopMetrics metrics = MetricsStory.told();
    metrics.onUnchangedLook(
        report("hz-prod", State.STOPPED), Duration.ofMillis(250), Duration.ofMillis(10));
    assertThat(metrics.prometheusText())
        .contains("backstop_reconcile_total{cluster=\"hz-prod\",result=\"ok\"} 3\n")
        .contains("backstop_reconcile_duration_seconds_count 3\n")
        .contains("backstop_reconcile_lateness_seconds_sum 0.02\n")
        .contains("backstop_state{cluster=\"hz-prod\",kind=\"data\",state=\"STOPPED\"} 1\n");
  }

  @Test
  void summariesOfAllClustersCarryQuantilesSumAndCount() {
    assertThat(MetricsStory.told().prometheusText())
        .contains(
            """
            # HELP backstop_reconcile_duration_seconds How long cycles take, all clusters; quantiles of the last 4096.
            # TYPE backstop_reconcile_duration_seconds summary
            backstop_reconcile_duration_seconds_count 2
            backstop_reconcile_duration_seconds_sum 0.5
            backstop_reconcile_duration_seconds{quantile="0.5"} 0.25
            """)
        .contains("backstop_reconcile_lateness_seconds_sum 0.01\n");
  }

  @Test
  void countersOfANamedClusterExistAtZeroAndGaugesOnlyFromTheFirstLook() {
    BackstopMetrics metrics = new BackstopMetrics("0.1.0", "backstop-1");
    metrics.configured(List.of("quiet"));

    assertThat(lines(metrics, "quiet"))
        .hasSize(5 + 9 + 2 + 2 + 4)
        .allSatisfy(line -> assertThat(line).endsWith(" 0"));
  }

  @Test
  void seriesThatBeginOrEndBetweenTwoScrapesFollow() {
    BackstopMetrics metrics = MetricsStory.told();
    String running = "backstop_jobs{cluster=\"hz-prod\",kind=\"data\",status=\"BACKUP\"} 1";
    assertThat(lines(metrics, "hz-prod")).doesNotContain(running);

    metrics.onCycleEnd(
        report("hz-prod", State.DRIFTED, setJob("BACKUP")), Duration.ZERO, Duration.ZERO);
    assertThat(lines(metrics, "hz-prod")).contains(running);

    metrics.onCycleEnd(report("hz-prod", State.STOPPED), Duration.ZERO, Duration.ZERO);
    assertThat(lines(metrics, "hz-prod")).doesNotContain(running);
  }

  @Test
  void everyStateIsShownAndExactlyOneIsOne() {
    List<String> states =
        lines(MetricsStory.told(), "hz-prod").stream()
            .filter(line -> line.startsWith("backstop_state{"))
            .filter(line -> line.contains("kind=\"data\""))
            .toList();

    assertThat(states).hasSize(State.values().length);
    assertThat(states).filteredOn(line -> line.endsWith(" 1")).hasSize(1);
  }

  @Test
  void anUnmanagedClusterKeepsOnlyThatStateAndItsCounters() {
    BackstopMetrics metrics = MetricsStory.told();

    metrics.onCycleEnd(
        report("hz-prod", State.UNMANAGED, ReasonCode.NO_POLICY, State.UNMANAGED),
        Duration.ZERO,
        Duration.ZERO);

    assertThat(lines(metrics, "hz-prod"))
        .filteredOn(
            line -> line.matches("backstop_(state[{]|state_since|converged|jobs|cluster_up).*"))
        .containsExactly(
            "backstop_state{cluster=\"hz-prod\",kind=\"data\",state=\"UNMANAGED\"} 1",
            "backstop_state{cluster=\"hz-prod\",kind=\"log\",state=\"UNMANAGED\"} 1");
  }

  /** What it last showed would grow old for ever, and the alert on that would never end. */
  @Test
  void aClusterThatNoPolicyNamesAnyMoreLeavesNoGaugeOfItsLooksBehind() {
    BackstopMetrics metrics = MetricsStory.told();

    metrics.onFolderScan(PolicyRegistry.EMPTY, true, EIGHT);
    metrics.expectedInterval("hz-prod", Duration.ofSeconds(30));

    assertThat(gauges(metrics, "hz-prod"))
        .containsExactly(
            "backstop_state{cluster=\"hz-prod\",kind=\"data\",state=\"UNMANAGED\"} 1",
            "backstop_state{cluster=\"hz-prod\",kind=\"log\",state=\"UNMANAGED\"} 1",
            "backstop_disarmed{cluster=\"hz-prod\"} 0");

    metrics.onFolderScan(MetricsStory.registry(), true, EIGHT);
    metrics.expectedInterval("hz-prod", Duration.ofSeconds(30));
    assertThat(gauges(metrics, "hz-prod"))
        .contains("backstop_reconcile_expected_interval_seconds{cluster=\"hz-prod\"} 30");
  }

  private static List<String> gauges(BackstopMetrics metrics, String cluster) {
    return lines(metrics, cluster).stream()
        .filter(line -> !line.matches("[^{]*_(total|sum|count)[{].*"))
        .toList();
  }

  @Test
  void wordsThatOccurAreCountedInAnyCaseAndUnknownOnesTogether() {
    BackstopMetrics metrics = MetricsStory.told();

    metrics.onCycleEnd(
        report("hz-prod", State.DRIFTED, setJob("backup"), setJob("odd"), setJob("stranger")),
        Duration.ZERO,
        Duration.ZERO);

    assertThat(lines(metrics, "hz-prod"))
        .filteredOn(line -> line.startsWith("backstop_jobs{cluster=\"hz-prod\",kind=\"data\""))
        .containsExactly(
            "backstop_jobs{cluster=\"hz-prod\",kind=\"data\",status=\"BACKUP\"} 1",
            "backstop_jobs{cluster=\"hz-prod\",kind=\"data\",status=\"OTHER\"} 2");
    assertThat(lines(metrics, "hz-prod"))
        .contains("backstop_jobs_running{cluster=\"hz-prod\",kind=\"data\"} 3");
  }

  /** While the store fails no cycle comes to its end, but looks go on. */
  @Test
  void aLookIsShownWhetherOrNotItCanBeWrittenDown() {
    BackstopMetrics metrics = MetricsStory.told();
    metrics.onLook("hz-prod", look().at(EIGHT.plusSeconds(90)));
    assertThat(lines(metrics, "hz-prod"))
        .contains("backstop_last_observation_timestamp_seconds{cluster=\"hz-prod\"} 1795464090");

    Looks dark = look().blindTo(BlindSpot.Area.EVERYTHING, BlindSpot.Cause.UNREACHABLE);
    metrics.onLook("hz-prod", dark.at(EIGHT.plusSeconds(120)));
    assertThat(lines(metrics, "hz-prod"))
        .contains(
            "backstop_cluster_up{cluster=\"hz-prod\"} 0",
            "backstop_last_observation_timestamp_seconds{cluster=\"hz-prod\"} 1795464090");
  }

  @Test
  void whatCannotBeReadShowsNoJobsRatherThanNone() {
    BackstopMetrics metrics = MetricsStory.told();

    metrics.onCycleEnd(
        report("hz-prod", State.UNKNOWN, ReasonCode.TIMEOUT, State.STOPPED),
        Duration.ZERO,
        Duration.ZERO);

    assertThat(lines(metrics, "hz-prod"))
        .contains(
            "backstop_cluster_up{cluster=\"hz-prod\"} 0",
            "backstop_reconcile_total{cluster=\"hz-prod\",result=\"unknown\"} 1")
        .noneMatch(line -> line.startsWith("backstop_jobs{cluster=\"hz-prod\",kind=\"data\""))
        .noneMatch(
            line -> line.startsWith("backstop_jobs_running{cluster=\"hz-prod\",kind=\"data\""));
  }

  @Test
  void seriesEndOnlyWhenNeitherConfNorBookNamesTheCluster() {
    BackstopMetrics metrics = MetricsStory.told();

    metrics.configured(List.of());
    assertThat(lines(metrics, "hz-prod")).isNotEmpty();

    metrics.onFolderScan(PolicyRegistry.EMPTY, true, EIGHT);
    metrics.onStatementEnd(permit("hz-prod"), answer(SentStatement.Result.UNKNOWN));
    assertThat(lines(metrics, "hz-prod")).isEmpty();
  }

  @Test
  void statementThatNeverLeftIsNotCounted() {
    BackstopMetrics metrics = MetricsStory.told();

    metrics.onStatementEnd(permit("hz-prod"), answer(SentStatement.Result.NOT_SENT));

    assertThat(lines(metrics, "hz-prod"))
        .filteredOn(line -> line.startsWith("backstop_statements_total"))
        .hasSize(9)
        .filteredOn(line -> line.endsWith(" 1"))
        .hasSize(1);
  }

  @Test
  void cyclesFailedByBackstopItselfAreErrors() {
    BackstopMetrics metrics = MetricsStory.told();

    metrics.onCycleFailure("hz-prod", "the store is read-only");

    assertThat(lines(metrics, "hz-prod"))
        .contains("backstop_reconcile_total{cluster=\"hz-prod\",result=\"error\"} 1");
  }

  @Test
  void disarmingOfAllReachesClustersNamedLaterUntilItEnds() {
    BackstopMetrics metrics = MetricsStory.told();

    metrics.disarmed(List.of(disarming(Disarming.ALL)), EIGHT);
    metrics.configured(List.of("hz-prod", "sh-prod"));
    assertThat(metrics.prometheusText())
        .contains("backstop_disarmed{cluster=\"hz-prod\"} 1\n")
        .contains("backstop_disarmed{cluster=\"sh-prod\"} 1\n");

    metrics.disarmed(List.of(disarming(Disarming.ALL)), EIGHT.plusSeconds(60));
    assertThat(metrics.prometheusText()).contains("backstop_disarmed{cluster=\"sh-prod\"} 0\n");
  }

  @Test
  void aBrokenFileThatIsOnePolicysAndClaimsAnotherNameCountsOnce() {
    KnownPolicy known =
        new KnownPolicy(
            MetricsStory.policy("p"),
            "p.yaml",
            new Broken("2:1: bad", Readings.timeline(EIGHT), Readings.timeline(EIGHT)),
            null);
    StrayFile stray = StrayFile.of("p.yaml", "a", null, "2:1: bad");
    BackstopMetrics metrics = MetricsStory.told();
    metrics.onFolderScan(new PolicyRegistry(List.of(known), List.of(stray), "d"), true, EIGHT);
    assertThat(metrics.prometheusText()).contains("backstop_policy_files{state=\"invalid\"} 1\n");
  }

  @Test
  void aFileOfSeveralClustersCountsOnce() {
    KnownPolicy first =
        KnownPolicy.good(MetricsStory.policy("p"), "p.yaml", Readings.timeline(EIGHT));
    KnownPolicy second =
        KnownPolicy.good(
            MetricsStory.policy("p").on("sh-prod"), "p.yaml", Readings.timeline(EIGHT));
    BackstopMetrics metrics = MetricsStory.told();
    metrics.onFolderScan(new PolicyRegistry(List.of(first, second), List.of(), "d"), true, EIGHT);
    assertThat(metrics.prometheusText()).contains("backstop_policy_files{state=\"valid\"} 1\n");
  }

  @Test
  void aDeletionIsPendingUntilItIsProven() {
    BackstopMetrics metrics = MetricsStory.told();
    TimelineInstant eight = Readings.timeline(EIGHT);
    for (FileState state :
        List.of(
            new DeletionPending(eight, eight),
            new DeletionEffective(eight, Set.of(Kind.DATA), false))) {
      KnownPolicy deleted = new KnownPolicy(MetricsStory.policy("p"), "p.yaml", state, null);
      metrics.onFolderScan(new PolicyRegistry(List.of(deleted), List.of(), "d"), true, EIGHT);
      assertThat(metrics.prometheusText())
          .contains(
              "backstop_policy_files{state=\"pending_deletion\"} 1\n",
              "backstop_policy_files{state=\"held_deletion\"} 0\n",
              "backstop_policy_files{state=\"valid\"} 0\n");
    }
  }

  @Test
  void holdsAndFilesAreCountedByReasonAndWorth() {
    assertThat(MetricsStory.told().prometheusText())
        .contains("backstop_held{reason=\"budget\"} 1\n", "backstop_held{reason=\"all_gone\"} 0\n")
        .contains(
            "backstop_policy_files{state=\"valid\"} 1\n",
            "backstop_policy_files{state=\"invalid\"} 1\n",
            "backstop_policy_files{state=\"pending_deletion\"} 0\n");
  }

  @Test
  void labelsAreEscaped() {
    assertThat(new BackstopMetrics("a\"b\\c\nd", "x").prometheusText())
        .contains("backstop_build_info{version=\"a\\\"b\\\\c\\nd\"} 1\n");
  }

  private static List<String> lines(BackstopMetrics metrics, String cluster) {
    return metrics
        .prometheusText()
        .lines()
        .filter(line -> line.contains("cluster=\"" + cluster + "\""))
        .toList();
  }
}
