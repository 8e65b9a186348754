package dev.backstop.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks runs over switches of summer time against plain arithmetic: every instant is asked in turn
 * what the clocks on the wall show.
 *
 * <p>All zones, 2026 to 2030; {@code -Dbackstop.cron.years=20} takes more years.
 */
class ZonedRunsTest {

  private static final int YEARS = Integer.getInteger("backstop.cron.years", 5);
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = FROM.plus(Duration.ofDays(365L * YEARS));
  private static final Duration BEFORE = Duration.ofHours(2);
  private static final Duration AFTER = Duration.ofHours(3);

  /**
   * An expression and the same in plain words.
   *
   * @param step the grid of seconds that all its runs lie on
   * @param gap the longest time between two of its runs; null where it does not fire in every hour
   */
  private record Kind(String expression, Predicate<LocalDateTime> names, int step, Duration gap) {
    boolean firesEveryHour() {
      return gap.compareTo(Duration.ofHours(1)) <= 0;
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          kind("0/30 * * * * ?", 30, 30, at -> at.getSecond() % 30 == 0),
          kind("0 * * * * ?", 60, 60, at -> true),
          kind("0 0/7 * * * ?", 60, 420, at -> at.getMinute() % 7 == 0),
          kind("0 0/20 * * * ?", 60, 1200, at -> at.getMinute() % 20 == 0),
          kind("0 59 * * * ?", 60, 3600, at -> at.getMinute() == 59),
          kind("0 15 0/2 * * ?", 60, 7200, at -> at.getMinute() == 15 && at.getHour() % 2 == 0),
          kind("0 30 2 * * ?", 60, 86_400, at -> at.getMinute() == 30 && at.getHour() == 2),
          kind("0 30 1 * * ?", 60, 86_400, at -> at.getMinute() == 30 && at.getHour() == 1),
          kind("0 0 0 * * ?", 60, 86_400, at -> at.getMinute() == 0 && at.getHour() == 0),
          kind(
              "0 0/10 2 ? * SUN",
              60,
              7 * 86_400,
              at ->
                  at.getMinute() % 10 == 0
                      && at.getHour() == 2
                      && at.getDayOfWeek().getValue() == 7),
          kind(
              "0 45 23 L * ?",
              60,
              31 * 86_400,
              at ->
                  at.getMinute() == 45
                      && at.getHour() == 23
                      && at.plusDays(1).getDayOfMonth() == 1));

  private static Kind kind(String expression, int step, int gap, Predicate<LocalDateTime> names) {
    return new Kind(expression, names, step, Duration.ofSeconds(gap));
  }

  /** Returns the zones that switch in the years looked at, one for each set of switches. */
  private static List<ZoneId> switching() {
    Set<List<ZoneOffsetTransition>> seen = new HashSet<>();
    List<ZoneId> zones = new ArrayList<>();
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      List<ZoneOffsetTransition> switches = switches(ZoneId.of(id).getRules());
      if (!switches.isEmpty() && seen.add(switches)) {
        zones.add(ZoneId.of(id));
      }
    }
    return zones;
  }

  private static List<ZoneOffsetTransition> switches(ZoneRules rules) {
    List<ZoneOffsetTransition> switches = new ArrayList<>();
    ZoneOffsetTransition next = rules.nextTransition(FROM);
    while (next != null && next.getInstant().isBefore(TO)) {
      switches.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    return switches;
  }

  @Test
  void runsAroundEverySwitchAreThoseOfTheClocksOnTheWall() throws MalformedCron {
    int compared = 0;
    for (ZoneId zone : switching()) {
      for (ZoneOffsetTransition change : switches(zone.getRules())) {
        for (Kind kind : KINDS) {
          List<Instant> expected = byTheWall(kind, zone.getRules(), change);
          assertThat(runs(kind, zone, change))
              .as("%s in %s around %s", kind.expression(), zone, change)
              .isEqualTo(expected);
          requireGaps(kind, expected, zone, change);
          compared += expected.size();
        }
      }
    }
    assertThat(compared).isGreaterThan(50_000);
  }

  /** Whatever the switch, no gap is longer than the expression's own and what a day is longer. */
  private static void requireGaps(
      Kind kind, List<Instant> runs, ZoneId zone, ZoneOffsetTransition change) {
    Duration most =
        kind.firesEveryHour() ? kind.gap() : kind.gap().plus(change.getDuration().abs());
    for (int run = 1; run < runs.size(); run++) {
      if (Duration.between(runs.get(run - 1), runs.get(run)).compareTo(most) > 0) {
        fail(
            "%s in %s around %s: nothing after %s",
            kind.expression(), zone, change, runs.get(run - 1));
      }
    }
  }

  private static List<Instant> runs(Kind kind, ZoneId zone, ZoneOffsetTransition change)
      throws MalformedCron {
    ZonedRuns cron = new ZonedRuns(Cron.parse(kind.expression()), zone);
    List<Instant> runs = new ArrayList<>();
    Instant end = change.getInstant().plus(AFTER);
    Optional<Instant> run = cron.after(change.getInstant().minus(BEFORE));
    while (run.isPresent() && run.get().isBefore(end)) {
      runs.add(run.get());
      run = cron.after(run.get());
    }
    return runs;
  }

  private static List<Instant> byTheWall(Kind kind, ZoneRules rules, ZoneOffsetTransition change) {
    List<Instant> runs = new ArrayList<>();
    Instant end = change.getInstant().plus(AFTER);
    Instant at = change.getInstant().minus(BEFORE).plusSeconds(kind.step());
    for (; at.isBefore(end); at = at.plusSeconds(kind.step())) {
      boolean shown = kind.names().test(LocalDateTime.ofInstant(at, rules.getOffset(at)));
      if (shown
          || (oldClockCounts(kind, change, at) && named(kind, at, change.getOffsetBefore()))) {
        runs.add(at);
      }
    }
    return runs;
  }

  private static boolean oldClockCounts(Kind kind, ZoneOffsetTransition change, Instant at) {
    Instant over = change.getInstant().plus(change.getDuration().abs());
    return !at.isBefore(change.getInstant())
        && at.isBefore(over)
        && (change.isGap() || kind.firesEveryHour());
  }

  private static boolean named(Kind kind, Instant at, ZoneOffset offset) {
    return kind.names().test(LocalDateTime.ofInstant(at, offset));
  }

  @Test
  void doubledHourInBerlin_isLookedAtEveryHalfMinute() throws MalformedCron {
    ZonedRuns cron = new ZonedRuns(Cron.parse("0/30 * * * * ?"), ZoneId.of("Europe/Berlin"));
    Instant at = Instant.parse("2026-10-24T23:00:00Z");
    for (int run = 1; run <= 480; run++) {
      assertThat(cron.after(at)).hasValue(at.plusSeconds(30));
      at = at.plusSeconds(30);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // The hour that comes twice, and the hour that is left out.
    "Europe/Berlin, 0 30 2 * * ?, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
    "Europe/Berlin, 0 30 2 * * ?, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z",
    "Europe/Berlin, 0 30 2 25 10 ? 2026, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z",
    "Europe/Berlin, 0 30 2 * * ?, 2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z",
    "Europe/Berlin, 0 0 6 * * ?, 2026-10-24T12:00:00Z, 2026-10-25T05:00:00Z",
    // A midnight that does not exist, a day that does not exist, half an hour.
    "America/Santiago, 0 0 0 * * ?, 2026-09-05T12:00:00Z, 2026-09-06T04:00:00Z",
    "Pacific/Apia, 0 0 12 30 12 ?, 2011-12-30T00:00:00Z, 2011-12-30T22:00:00Z",
    "Australia/Lord_Howe, 0 15 2 * * ?, 2026-10-03T12:00:00Z, 2026-10-03T15:45:00Z",
  })
  void switchesOfSummerTime(ZoneId zone, String expression, Instant after, Instant run)
      throws MalformedCron {
    assertThat(new ZonedRuns(Cron.parse(expression), zone).after(after)).hasValue(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC+8", "GMT+8", "UT+8", "+08:00", "+8", "Etc/GMT-8", "Asia/Shanghai"})
  void offsetIsNeverReadAsUtc(String zone) throws MalformedCron {
    ZonedRuns cron = new ZonedRuns(Cron.parse("0 0 2 * * ?"), ZoneId.of(zone));
    assertThat(cron.after(Instant.parse("2026-11-29T00:00:00Z")))
        .hasValue(Instant.parse("2026-11-29T18:00:00Z"));
  }
}
