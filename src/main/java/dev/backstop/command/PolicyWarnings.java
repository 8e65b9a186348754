package dev.backstop.command;

import dev.backstop.config.PolicyReading;
import dev.backstop.observation.Kind;
import dev.backstop.policy.Desired;
import dev.backstop.policy.DestinationPattern;
import dev.backstop.policy.Policy;
import dev.backstop.policy.Schedule;
import dev.backstop.schedule.CronExpressions;
import dev.backstop.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what is valid in a policy and probably not meant. */
final class PolicyWarnings {

  /** The longest time that a forbidden job should run unobserved. */
  private static final Duration SELDOM = Duration.ofMinutes(10);

  private PolicyWarnings() {}

  /** Returns a warning for each, in the order of the files. */
  static List<String> of(List<PolicyReading> readings, int runs, Instant now) {
    Set<String> watched = watched(readings);
    List<String> warnings = new ArrayList<>();
    for (PolicyReading reading : readings) {
      Policy policy = reading.policy();
      if (policy == null) {
        continue;
      }
      List<String> found = new ArrayList<>(ofSchedule(policy.schedule(), runs, now));
      List<Kind> off = off(policy);
      for (Policy one : reading.policies()) {
        if (!off.isEmpty() && !watched.contains(one.cluster())) {
          found.add(seldom(one, off));
        }
      }
      found.addAll(ofLimits(policy));
      found.forEach(words -> warnings.add(reading.file() + ": " + words));
    }
    return warnings;
  }

  private static List<String> ofSchedule(Schedule schedule, int runs, Instant now) {
    String cron = schedule.cron();
    if (cron == null) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    CronExpressions.doubt(cron).ifPresent(found::add);
    List<ZonedDateTime> next = CronExpressions.nextRuns(cron, schedule.zone(), now, runs);
    if (next.size() < runs) {
      found.add(ended(next, schedule));
    }
    return found.stream().map(words -> "schedule '" + cron + "': " + words).toList();
  }

  private static List<String> ofLimits(Policy policy) {
    List<String> found = new ArrayList<>();
    boolean isOff =
        Arrays.stream(Kind.values()).allMatch(kind -> policy.desired(kind) == Desired.OFF);
    if (isOff && !policy.limits().isNone()) {
      found.add(
          "backupWindow, maxRuntime and destinations limit an on, and secondaryBackup is off: it"
              + " stays off at all times; write secondaryBackup: on where jobs may run within"
              + " them");
    }
    for (DestinationPattern pattern : policy.limits().destinations()) {
      if (pattern.lacksHost()) {
        found.add(
            "destinations: %s lists the bucket of any host; add ?host=... to name one"
                .formatted(pattern));
      }
    }
    return found;
  }

  /** Returns the clusters that some policy looks at often enough: a look plans all of a cluster. */
  private static Set<String> watched(List<PolicyReading> readings) {
    return readings.stream()
        .flatMap(reading -> reading.policies().stream())
        .filter(policy -> CronExpressions.staysWithin(policy.schedule(), SELDOM))
        .map(Policy::cluster)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static List<Kind> off(Policy policy) {
    return Arrays.stream(Kind.values())
        .filter(kind -> policy.desired(kind) == Desired.OFF || policy.limits(kind).window() != null)
        .toList();
  }

  private static String ended(List<ZonedDateTime> left, Schedule schedule) {
    String when =
        left.isEmpty() ? "has no run left" : "has its last run at " + left.get(left.size() - 1);
    return when
        + "; after it the cluster is looked at every "
        + Durations.exact(schedule.interval());
  }

  private static String seldom(Policy policy, List<Kind> off) {
    return off.stream().map(Kind::title).collect(Collectors.joining(" and "))
        + (off.size() == 1 ? " is" : " are")
        + (off.stream().allMatch(kind -> policy.desired(kind) == Desired.OFF)
            ? " off"
            : " off outside the backup window")
        + ", but cluster "
        + policy.cluster()
        + " is looked at less often than every 10 minutes, and what starts in between runs until"
        + " the next look; for example, every: 30s looks often enough";
  }
}
