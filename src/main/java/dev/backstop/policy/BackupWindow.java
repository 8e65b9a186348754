package dev.backstop.policy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable times of the week at which a kind is permitted. At any instant it is open exactly when
 * the local wall time lies inside one entry, so that a gap or a doubled hour of summer time needs
 * no rule of its own.
 */
public final class BackupWindow {

  private static final int MINUTE = 60;

  private final List<WindowEntry> entries;
  private final ZoneId zone;
  private final BitSet week = new BitSet(WindowEntry.WEEK);
  private final boolean isAlwaysOpen;
  private final String text;

  /**
   * Makes a window of its entries.
   *
   * @param entries at least one
   * @param zone the zone whose wall time counts
   */
  public BackupWindow(List<WindowEntry> entries, ZoneId zone) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a window has at least one entry");
    }
    this.entries = List.copyOf(entries);
    this.zone = zone;
    entries.forEach(entry -> entry.mark(week));
    isAlwaysOpen = week.cardinality() == WindowEntry.WEEK;
    text =
        entries.stream().map(WindowEntry::toString).collect(Collectors.joining("; "))
            + " in "
            + zone;
  }

  /** Returns its entries, at least one. */
  public List<WindowEntry> entries() {
    return entries;
  }

  /** Returns the zone whose wall time counts. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns whether it is open at an instant. */
  public boolean isOpen(Instant instant) {
    return week.get(minuteOfWeek(LocalDateTime.ofInstant(instant, zone)));
  }

  /** Returns the first instant after this one at which it opens or closes; empty for never. */
  public Optional<Instant> nextChange(Instant after) {
    if (isAlwaysOpen) {
      return Optional.empty();
    }
    ZoneRules rules = zone.getRules();
    boolean isOpen = isOpen(after);
    // Between two transitions of the zone local times follow each other as minutes of the week do.
    Instant from = after;
    while (true) {
      Instant edge = edgeAfter(from, isOpen);
      ZoneOffsetTransition transition = rules.nextTransition(from);
      if (transition == null || edge.isBefore(transition.getInstant())) {
        return Optional.of(edge);
      }
      from = transition.getInstant();
      if (isOpen(from) != isOpen) {
        return Optional.of(from);
      }
    }
  }

  /** Returns when it last opened or closed, at or before an instant; empty for never. */
  public Optional<Instant> lastChange(Instant until) {
    if (isAlwaysOpen) {
      return Optional.empty();
    }
    ZoneRules rules = zone.getRules();
    boolean isOpen = isOpen(until);
    Instant from = until;
    while (true) {
      Instant edge = edgeUntil(from, isOpen);
      ZoneOffsetTransition transition = rules.previousTransition(from.plusNanos(1));
      if (transition == null || edge.isAfter(transition.getInstant())) {
        return Optional.of(edge);
      }
      Instant before = transition.getInstant().minusNanos(1);
      if (isOpen(before) != isOpen) {
        return Optional.of(transition.getInstant());
      }
      from = before;
    }
  }

  /** Returns when the local minutes that follow first say otherwise, were no transition to come. */
  private Instant edgeAfter(Instant from, boolean isOpen) {
    LocalDateTime local = LocalDateTime.ofInstant(from, zone);
    int minute = minuteOfWeek(local);
    int edge = isOpen ? week.nextClearBit(minute) : week.nextSetBit(minute);
    if (edge < 0 || edge >= WindowEntry.WEEK) {
      edge = WindowEntry.WEEK + (isOpen ? week.nextClearBit(0) : week.nextSetBit(0));
    }
    return atMinute(from, local, edge - minute);
  }

  /** Returns since when the local minutes before say the same, had there been no transition. */
  private Instant edgeUntil(Instant until, boolean isOpen) {
    LocalDateTime local = LocalDateTime.ofInstant(until, zone);
    int minute = minuteOfWeek(local);
    int other = isOpen ? week.previousClearBit(minute) : week.previousSetBit(minute);
    if (other < 0) {
      int last = WindowEntry.WEEK - 1;
      other = (isOpen ? week.previousClearBit(last) : week.previousSetBit(last)) - WindowEntry.WEEK;
    }
    return atMinute(until, local, other + 1 - minute);
  }

  /** Returns the begin of a local minute, counted from that of an instant. */
  private static Instant atMinute(Instant instant, LocalDateTime local, int minutes) {
    return instant
        .minusNanos(local.getNano())
        .plusSeconds((long) minutes * MINUTE - local.getSecond());
  }

  private static int minuteOfWeek(LocalDateTime local) {
    return WindowEntry.minuteOfWeek(local.getDayOfWeek())
        + local.getHour() * MINUTE
        + local.getMinute();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BackupWindow window
        && entries.equals(window.entries)
        && zone.equals(window.zone);
  }

  @Override
  public int hashCode() {
    return 31 * entries.hashCode() + zone.hashCode();
  }

  /** Returns the window as a fingerprint has it. */
  @Override
  public String toString() {
    return text;
  }
}
