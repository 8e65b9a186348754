package dev.backstop.reconcile;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Observation;
import dev.backstop.plan.Plan;
import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Limits;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.WhenWindowCloses;
import dev.backstop.policy.WindowEntry;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tells when clusters are looked at that many others have to be looked at with. */
class LookScheduleTest extends ReconcilerFixture {

  private static final Instant NEXT_HOUR = START.plus(Duration.ofHours(1));
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private final Map<String, Instant> arranged = new TreeMap<>();

  /** Every expression fires at each full hour. */
  private final Triggers hourly =
      new Triggers() {
        @Override
        public void at(String cluster, Instant when) {
          arranged.put(cluster, when);
        }

        @Override
        public void cancel(String cluster) {
          arranged.remove(cluster);
        }

        @Override
        public Instant next(Schedule schedule, Instant after) {
          return schedule.cron() == null
              ? after.plus(schedule.interval())
              : after.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        }
      };

  private final LookSchedule schedule = new LookSchedule(hourly);

  private Instant next(String cluster, @Nullable Instant edge, Instant now) {
    Observation seen = look().at(now);
    Plan plan = new Plan(cluster, now, List.of(), List.of(), null);
    return schedule.next(targets.find(cluster).orElseThrow(), plan, seen, edge, now);
  }

  private void looksEveryTenSeconds() {
    known =
        KnownPolicy.good(
            policy("hz").on("c1").every(Duration.ofSeconds(10)).build(),
            "hz.yaml",
            timeline(START));
  }

  private void looksHourly() {
    known =
        KnownPolicy.good(
            policy("hz")
                .on("c1")
                .schedule(Schedule.cron("0 0 * * * ?", HALF_HOUR, ZoneOffset.UTC))
                .build(),
            "hz.yaml",
            timeline(START));
  }

  @Test
  void clustersThatWaitForTheSameEdgeAreSpreadOverTwoSecondsWhereTheyAreMany() {
    looksHourly();
    Instant edge = START.plusSeconds(60);
    for (int i = 0; i < 100; i++) {
      assertThat(next("c" + i, edge, START)).isEqualTo(edge);
    }
    for (int i = 100; i < 1000; i++) {
      assertThat(next("c" + i, edge, START)).isBetween(edge, edge.plusSeconds(2));
    }
    assertThat(next("c999", edge.plusSeconds(60), START)).isEqualTo(edge.plusSeconds(60));
    assertThat(next("c999", null, START)).as("by its schedule alone").isAfter(edge.plusSeconds(60));
  }

  @Test
  void clustersOfOneCronExpressionAreSpreadByTenMillisecondsEach() {
    looksHourly();
    for (int i = 0; i < 100; i++) {
      assertThat(next("c" + i, null, START)).as("few").isEqualTo(NEXT_HOUR);
    }
    for (int i = 100; i < 1000; i++) {
      next("c" + i, null, START);
    }
    int[] looks = new int[10];
    for (int i = 0; i < 1000; i++) {
      Duration late = Duration.between(NEXT_HOUR, next("c" + i, null, START));
      assertThat(late).isBetween(Duration.ZERO, Duration.ofSeconds(10));
      looks[(int) late.toSeconds()]++;
    }
    assertThat(IntStream.of(looks)).as("in each of 10 s").allMatch(one -> one > 50 && one < 150);
  }

  /** What a run is late by is the same each time, so that the time between two looks stays. */
  @Test
  void clusterComesAfterItsRunByTheSameTimeAgain() {
    looksHourly();
    for (int i = 0; i < 1000; i++) {
      next("c" + i, null, START);
    }
    Instant run = next("c7", null, START);
    assertThat(run).isAfter(NEXT_HOUR);
    for (int i = 0; i < 1000; i++) {
      next("c" + i, null, NEXT_HOUR.plusSeconds(11));
    }
    assertThat(next("c7", null, run)).isEqualTo(run.plus(Duration.ofHours(1)));
  }

  /** So they share a trigger, and still come one interval after each other. */
  @Test
  void looksOfAnIntervalBeginTenTimesASecond() {
    looksEveryTenSeconds();
    Instant first = next("c1", null, START.plusMillis(1_049));
    assertThat(first).isEqualTo(START.plusMillis(11_000));
    assertThat(next("c1", null, first.plusNanos(7_000_000)))
        .as("a look that took 7 ms")
        .isEqualTo(first.plusSeconds(10));
    assertThat(next("c1", START.plusMillis(2_001), START.plusMillis(1_049)))
        .as("an edge")
        .isEqualTo(START.plusMillis(2_001));
  }

  @Test
  void fewClustersAreLookedAtAtOnceAfterAStart() {
    List<String> now = new ArrayList<>();
    List<String> names = IntStream.range(0, 100).mapToObj(i -> "c" + i).toList();
    new FirstLooks(targets, store, hourly, clock, now::add).request(names);
    assertThat(now).containsExactlyInAnyOrderElementsOf(names);
    assertThat(arranged).isEmpty();
  }

  @Test
  void firstLooksAtManyClustersAreSpreadOverTheirInterval() {
    looksEveryTenSeconds();
    List<String> now = new ArrayList<>();
    List<String> names = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList();
    FirstLooks looks = new FirstLooks(targets, store, hourly, clock, now::add);
    looks.request(names);
    assertThat(now).isEmpty();
    assertThat(arranged).hasSize(1000);
    assertThat(new TreeSet<>(arranged.values())).hasSize(1000);
    assertThat(arranged.values()).allMatch(at -> at.isBefore(START.plusSeconds(10)));
    looks.request(List.of("c3", "new"));
    assertThat(now).as("an edit, and a new cluster").containsExactly("c3", "new");
  }

  @Test
  void firstLooksOfARareScheduleAreSpreadOverAMinute() {
    looksHourly();
    List<String> names = IntStream.range(0, 6000).mapToObj(i -> "c" + i).toList();
    new FirstLooks(targets, store, hourly, clock, cluster -> {}).request(names);
    assertThat(new TreeSet<>(arranged.values()).last())
        .isBetween(START.plusSeconds(59), START.plusSeconds(60));
  }

  private List<String> lookedAtOnceAfterAStart() {
    List<String> now = new ArrayList<>();
    List<String> names = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList();
    new FirstLooks(targets, store, hourly, clock, now::add).request(names);
    return now;
  }

  @Test
  void stopUnderWayIsLookedAfterAtOnceAfterAStart() {
    by("daemon").cycle("c7", null);
    assertThat(sent).isNotEmpty();
    assertThat(lookedAtOnceAfterAStart()).containsExactly("c7");
    assertThat(arranged).hasSize(999);
  }

  @Test
  void deletionThatCountsDoesNotWaitAfterAStart() {
    known = known.deletionEffective(clock.timeline(), true);
    lookedAtOnceAfterAStart();
    assertThat(arranged.values()).allMatch(START::equals);
  }

  @Test
  void windowThatClosesSoonIsLookedAtBeforeItClosesAfterAStart() {
    WindowEntry morning = new WindowEntry(EnumSet.allOf(DayOfWeek.class), 7 * 60, 8 * 60 + 1);
    BackupWindow window = new BackupWindow(List.of(morning), ZoneOffset.UTC);
    Limits limits = new Limits(window, WhenWindowCloses.STOP, null, List.of());
    known =
        KnownPolicy.good(
            policy("hz").on("c1").every(Duration.ofHours(1)).within(limits).build(),
            "hz.yaml",
            timeline(START));
    clock.advance(Duration.ofSeconds(40));
    lookedAtOnceAfterAStart();
    assertThat(arranged).hasSize(1000);
    assertThat(arranged.values()).allMatch(at -> at.isBefore(START.plusSeconds(60)));
  }

  @Test
  void loopThatReplacesAnotherLooksAtOnce() {
    List<String> now = new ArrayList<>();
    List<String> names = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList();
    FirstLooks looks = new FirstLooks(targets, store, hourly, clock, now::add);
    looks.goOn();
    looks.request(names);
    assertThat(now).hasSize(1000);
  }
}
