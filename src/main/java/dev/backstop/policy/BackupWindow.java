package dev.backstop.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Immutable times of the week at which a kind is permitted. At any instant it is open exactly when
 * the local wall time lies inside one entry, so that a gap or a doubled hour of summer time needs
 * no rule of its own.
 *
 * @param entries at least one
 * @param zone the zone whose wall time counts
 */
public record BackupWindow(List<WindowEntry> entries, ZoneId zone) {

  /** Local times repeat after a week; a change of the zone's rules can hide some of them once. */
  private static final int DAYS_AHEAD = 16;

  /** Copies the entries. */
  public BackupWindow {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a window has at least one entry");
    }
    entries = List.copyOf(entries);
  }

  /** Returns whether it is open at an instant. */
  public boolean isOpen(Instant instant) {
    return isOpen(week(), instant);
  }

  /** Returns the first instant after this one at which it opens or closes; empty for never. */
  public Optional<Instant> nextChange(Instant after) {
    BitSet week = week();
    if (week.cardinality() == WindowEntry.WEEK) {
      return Optional.empty();
    }
    boolean isOpen = isOpen(week, after);
    Instant end = after.plus(Duration.ofDays(DAYS_AHEAD));
    return candidates(week, after, end).tailSet(after, false).stream()
        .filter(edge -> isOpen(week, edge) != isOpen)
        .findFirst();
  }

  /** Returns when it last opened or closed, at or before an instant; empty for never. */
  public Optional<Instant> lastChange(Instant until) {
    BitSet week = week();
    if (week.cardinality() == WindowEntry.WEEK) {
      return Optional.empty();
    }
    Instant begin = until.minus(Duration.ofDays(DAYS_AHEAD));
    return candidates(week, begin, until).headSet(until, true).descendingSet().stream()
        .filter(edge -> isOpen(week, edge) != isOpen(week, edge.minusNanos(1)))
        .findFirst();
  }

  private BitSet week() {
    BitSet week = new BitSet(WindowEntry.WEEK);
    entries.forEach(entry -> entry.mark(week));
    return week;
  }

  private boolean isOpen(BitSet week, Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    return week.get(
        WindowEntry.minuteOfWeek(local.getDayOfWeek()) + local.getHour() * 60 + local.getMinute());
  }

  /** Returns every instant at which it may change: local edges, and what moves the local time. */
  private NavigableSet<Instant> candidates(BitSet week, Instant begin, Instant end) {
    ZoneRules rules = zone.getRules();
    NavigableSet<Instant> candidates = new TreeSet<>();
    LocalDate last = LocalDateTime.ofInstant(end, zone).toLocalDate().plusDays(1);
    List<Integer> edges = edges(week);
    for (LocalDate day = LocalDateTime.ofInstant(begin, zone).toLocalDate().minusDays(1);
        !day.isAfter(last);
        day = day.plusDays(1)) {
      for (int edge : edges) {
        if (edge - edge % WindowEntry.DAY == WindowEntry.minuteOfWeek(day.getDayOfWeek())) {
          LocalDateTime local = day.atStartOfDay().plusMinutes(edge % WindowEntry.DAY);
          for (ZoneOffset offset : rules.getValidOffsets(local)) {
            candidates.add(local.toInstant(offset));
          }
        }
      }
    }
    ZoneOffsetTransition next = rules.nextTransition(begin.minusNanos(1));
    while (next != null && !next.getInstant().isAfter(end)) {
      candidates.add(next.getInstant());
      next = rules.nextTransition(next.getInstant());
    }
    return candidates;
  }

  /** Returns the minutes of the week at which it opens or closes. */
  private static List<Integer> edges(BitSet week) {
    List<Integer> edges = new ArrayList<>();
    boolean before = week.get(WindowEntry.WEEK - 1);
    for (int minute = 0; minute < WindowEntry.WEEK; minute++) {
      if (week.get(minute) != before) {
        edges.add(minute);
        before = !before;
      }
    }
    return edges;
  }

  /** Returns the window as a fingerprint has it. */
  @Override
  public String toString() {
    return entries.stream().map(WindowEntry::toString).collect(Collectors.joining("; "))
        + " in "
        + zone;
  }
}
