package dev.backstop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A window is open exactly when the local wall time lies inside one entry. */
class BackupWindowTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private static final Instant BEGIN = Instant.parse("2016-01-01T00:00:00Z");

  private static BackupWindow nightly() {
    return new BackupWindow(List.of(new WindowEntry(WORKDAYS, 22 * 60, 6 * 60)), SHANGHAI);
  }

  private static Instant shanghai(String local) {
    return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
  }

  @Test
  void nightBelongsToTheDayOnWhichItBegins() {
    BackupWindow window = nightly();
    assertThat(window.isOpen(shanghai("2026-11-27T21:59:59.999"))).isFalse();
    assertThat(window.isOpen(shanghai("2026-11-27T22:00"))).as("Friday").isTrue();
    assertThat(window.isOpen(shanghai("2026-11-28T05:59:59.999"))).as("Saturday").isTrue();
    assertThat(window.isOpen(shanghai("2026-11-28T06:00"))).isFalse();
    assertThat(window.isOpen(shanghai("2026-11-28T22:00"))).isFalse();
    assertThat(window.isOpen(shanghai("2026-11-30T01:00"))).as("Sunday's night").isFalse();
  }

  @Test
  void nextAndLastChangeAreTheEdges() {
    BackupWindow window = nightly();
    assertThat(window.nextChange(shanghai("2026-11-28T06:00")))
        .contains(shanghai("2026-11-30T22:00"));
    assertThat(window.nextChange(shanghai("2026-11-30T22:00")))
        .contains(shanghai("2026-12-01T06:00"));
    assertThat(window.lastChange(shanghai("2026-11-30T22:00")))
        .contains(shanghai("2026-11-30T22:00"));
    assertThat(window.lastChange(shanghai("2026-11-30T21:00")))
        .contains(shanghai("2026-11-28T06:00"));
  }

  @Test
  void wholeWeekNeverChanges() {
    Set<DayOfWeek> daily = EnumSet.allOf(DayOfWeek.class);
    for (WindowEntry entry :
        List.of(WindowEntry.allDay(daily), new WindowEntry(daily, 22 * 60, 22 * 60))) {
      BackupWindow window = new BackupWindow(List.of(entry), SHANGHAI);
      assertThat(window.isOpen(Instant.EPOCH)).isTrue();
      assertThat(window.nextChange(Instant.EPOCH)).isEmpty();
      assertThat(window.lastChange(Instant.EPOCH)).isEmpty();
    }
  }

  @Test
  void entryOf24HoursEndsOnTheNextDayAnd2400EndsItsOwn() {
    Set<DayOfWeek> monday = EnumSet.of(DayOfWeek.MONDAY);
    BackupWindow whole =
        new BackupWindow(List.of(new WindowEntry(monday, 22 * 60, 22 * 60)), SHANGHAI);
    assertThat(whole.nextChange(shanghai("2026-11-30T22:00")))
        .contains(shanghai("2026-12-01T22:00"));
    BackupWindow evening =
        new BackupWindow(List.of(new WindowEntry(monday, 22 * 60, WindowEntry.DAY)), SHANGHAI);
    assertThat(evening.nextChange(shanghai("2026-11-30T22:00")))
        .contains(shanghai("2026-12-01T00:00"));
    assertThat(new WindowEntry(monday, 22 * 60, 0))
        .isEqualTo(new WindowEntry(monday, 22 * 60, WindowEntry.DAY));
  }

  @Test
  void edgeInAGapIsTheEndOfTheGapAndADoubledHourOpensTwice() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    BackupWindow window =
        new BackupWindow(
            List.of(new WindowEntry(EnumSet.allOf(DayOfWeek.class), 150, 165)), berlin);
    // 2027-03-28 02:00 becomes 03:00: from 02:30 to 02:45 there is no such time.
    assertThat(window.nextChange(Instant.parse("2027-03-27T01:45:00Z")))
        .contains(Instant.parse("2027-03-29T00:30:00Z"));
    // 2027-10-31 03:00 becomes 02:00: the quarter of an hour is there twice.
    assertThat(edges(window, Instant.parse("2027-10-30T01:00:00Z"), 4))
        .containsExactly(
            Instant.parse("2027-10-31T00:30:00Z"),
            Instant.parse("2027-10-31T00:45:00Z"),
            Instant.parse("2027-10-31T01:30:00Z"),
            Instant.parse("2027-10-31T01:45:00Z"));
  }

  private static List<Instant> edges(BackupWindow window, Instant after, int count) {
    List<Instant> edges = new ArrayList<>();
    Instant at = after;
    while (edges.size() < count) {
      at = window.nextChange(at).orElseThrow();
      edges.add(at);
    }
    return edges;
  }

  /** A sample of all zones; {@code -Dbackstop.windows.all=true} takes every edge of 20 years. */
  @Test
  void everyZoneOpensAndClosesByItsWallClock() {
    boolean isAll = Boolean.getBoolean("backstop.windows.all");
    Random random = new Random(21);
    for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(name);
      if (isAll) {
        assertEdges(anyWindow(random, zone, 15), BEGIN, Duration.ofDays(20 * 365), 15);
      } else {
        assertEdges(anyWindow(random, zone, 1), transition(zone, random), Duration.ofDays(3), 1);
      }
    }
  }

  /** Returns an instant some days before the clock is changed, or any where it never is. */
  private static Instant transition(ZoneId zone, Random random) {
    Instant any = BEGIN.plus(Duration.ofDays(random.nextInt(20 * 365)));
    var next = zone.getRules().nextTransition(any);
    return (next == null ? any : next.getInstant()).minus(Duration.ofHours(random.nextInt(60)));
  }

  private static BackupWindow anyWindow(Random random, ZoneId zone, int step) {
    List<WindowEntry> entries = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
      for (DayOfWeek day : DayOfWeek.values()) {
        if (random.nextBoolean()) {
          days.add(day);
        }
      }
      // Half of them near the hours at which clocks are changed.
      int from = random.nextBoolean() ? random.nextInt(WindowEntry.DAY) : random.nextInt(240);
      int to = random.nextBoolean() ? random.nextInt(WindowEntry.DAY + 1) : random.nextInt(240);
      entries.add(new WindowEntry(days, from / step * step, to / step * step));
    }
    return new BackupWindow(entries, zone);
  }

  /** Compares with the definition at every instant at which a wall clock can show a new edge. */
  private static void assertEdges(BackupWindow window, Instant from, Duration span, int minutes) {
    long step = minutes * 60L;
    Instant begin = Instant.ofEpochSecond(from.getEpochSecond() / step * step);
    Instant end = begin.plus(span);
    List<Instant> expected = new ArrayList<>();
    boolean before = byDefinition(window, begin);
    for (Instant at = begin; at.isBefore(end); at = at.plusSeconds(step)) {
      boolean isOpen = byDefinition(window, at);
      if (isOpen != before) {
        expected.add(at);
        assertThat(window.isOpen(at)).as("%s at %s", window, at).isEqualTo(isOpen);
        assertThat(window.isOpen(at.minusNanos(1))).as("before %s", at).isEqualTo(before);
      }
      before = isOpen;
    }
    List<Instant> found = new ArrayList<>();
    for (Instant edge = window.nextChange(begin).orElse(Instant.MAX);
        edge.isBefore(end);
        edge = window.nextChange(edge).orElse(Instant.MAX)) {
      assertThat(window.lastChange(edge)).as("%s", window).contains(edge);
      found.add(edge);
    }
    assertThat(found).as("%s from %s", window, begin).isEqualTo(expected);
  }

  private static boolean byDefinition(BackupWindow window, Instant at) {
    LocalDateTime local = LocalDateTime.ofInstant(at, window.zone());
    DayOfWeek today = local.getDayOfWeek();
    int minute = local.getHour() * 60 + local.getMinute();
    for (WindowEntry entry : window.entries()) {
      boolean isOvernight = entry.to() <= entry.from();
      boolean hasBegun = minute >= entry.from();
      boolean isBeforeEnd = minute < entry.to();
      boolean isOfToday = entry.days().contains(today) && hasBegun && (isOvernight || isBeforeEnd);
      boolean isOfYesterday = entry.days().contains(today.minus(1)) && isOvernight && isBeforeEnd;
      if (isOfToday || isOfYesterday) {
        return true;
      }
    }
    return false;
  }
}
