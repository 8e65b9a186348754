package dev.backstop.store.format;

import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.DestinationPattern;
import dev.backstop.policy.Limits;
import dev.backstop.policy.WhenWindowCloses;
import dev.backstop.policy.WindowEntry;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Limits of an on; null stands for none, which releases before them can read. */
record StoredLimits(
    @Nullable Window window,
    WhenWindowCloses whenWindowCloses,
    @Nullable Duration maxRuntime,
    List<String> destinations) {

  static @Nullable StoredLimits of(Limits limits) {
    if (limits.isNone()) {
      return null;
    }
    BackupWindow window = limits.window();
    return new StoredLimits(
        window == null ? null : Window.of(window),
        limits.whenWindowCloses(),
        limits.maxRuntime(),
        limits.destinations().stream().map(DestinationPattern::toString).toList());
  }

  static Limits toDomain(@Nullable StoredLimits stored) {
    return stored == null
        ? Limits.NONE
        : new Limits(
            stored.window == null ? null : stored.window.toDomain(),
            stored.whenWindowCloses,
            stored.maxRuntime,
            stored.destinations.stream().map(StoredLimits::pattern).toList());
  }

  private static DestinationPattern pattern(String text) {
    return DestinationPattern.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("no pattern of a destination"));
  }

  record Window(List<Entry> entries, ZoneId zone) {

    static Window of(BackupWindow window) {
      return new Window(window.entries().stream().map(Entry::of).toList(), window.zone());
    }

    BackupWindow toDomain() {
      return new BackupWindow(entries.stream().map(Entry::toDomain).toList(), zone);
    }
  }

  /** Part of a window; minutes of the day. */
  record Entry(List<DayOfWeek> days, int from, int to) {

    static Entry of(WindowEntry entry) {
      return new Entry(entry.days().stream().sorted().toList(), entry.from(), entry.to());
    }

    WindowEntry toDomain() {
      return new WindowEntry(Set.copyOf(days), from, to);
    }
  }
}
