package dev.backstop.config;

import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.DestinationPattern;
import dev.backstop.policy.Limits;
import dev.backstop.policy.WhenWindowCloses;
import dev.backstop.policy.WindowEntry;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the limits of an on from the keys of a policy file, noting every mistake. */
final class LimitsReader {

  private static final String WINDOW = "backupWindow";
  private static final ValueType<WhenWindowCloses> WHEN_CLOSES =
      ValueTypes.word(WhenWindowCloses.values(), WhenWindowCloses::word);
  private static final ValueType<Duration> RUNTIME = ValueTypes.duration(Duration.ofSeconds(1));

  private final Section section;
  private final PolicyDefaults defaults;

  LimitsReader(Section section, PolicyDefaults defaults) {
    this.section = section;
    this.defaults = defaults;
  }

  /** Returns the limits; the window goes by the wall time of a zone. */
  Limits read(ZoneId zone) {
    BackupWindow window = section.has(WINDOW) ? window(zone) : null;
    WhenWindowCloses whenCloses = section.get("whenWindowCloses", WHEN_CLOSES);
    Duration maxRuntime = section.find("maxRuntime", RUNTIME);
    Set<DestinationPattern> destinations =
        section.list(
            "destinations",
            WindowValues::destination,
            "list where jobs may write to, or take the key away for anywhere");
    return new Limits(
        window,
        whenCloses,
        maxRuntime,
        destinations == null ? List.of() : List.copyOf(destinations));
  }

  private @Nullable BackupWindow window(ZoneId zone) {
    if (!section.has("timezone") && !defaults.isZoneWritten()) {
      section.refuseKey(
          WINDOW,
          WINDOW
              + " needs a written zone; add timezone: Asia/Shanghai here, or as reconcile.timezone"
              + " to the configuration");
    }
    List<Section> written =
        section.sections(WINDOW, "write when jobs may run, or take the key away for always");
    List<WindowEntry> entries = new ArrayList<>();
    for (Section entry : written == null ? List.<Section>of() : written) {
      WindowEntry read = entry(entry);
      if (read != null) {
        entries.add(read);
      }
    }
    return entries.isEmpty() ? null : new BackupWindow(entries, zone);
  }

  private static @Nullable WindowEntry entry(Section entry) {
    Set<DayOfWeek> days = entry.get("days", WindowValues::days, EnumSet.allOf(DayOfWeek.class));
    if (entry.has("from") != entry.has("to")) {
      String there = entry.has("from") ? "from" : "to";
      entry.refuseKey(
          there,
          "from and to come together; add %s, or take %s away for the whole day"
              .formatted(entry.has("from") ? "to" : "from", there));
      return null;
    }
    Integer from = entry.find("from", WindowValues::begin);
    Integer to = entry.find("to", WindowValues::end);
    if (!entry.has("from")) {
      return WindowEntry.allDay(days);
    }
    return from == null || to == null ? null : new WindowEntry(days, from, to);
  }
}
