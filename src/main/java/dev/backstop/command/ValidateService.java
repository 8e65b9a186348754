package dev.backstop.command;

import dev.backstop.config.PolicyReading;
import dev.backstop.config.Problem;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.PolicyFolders;
import dev.backstop.folder.PolicyCheck;
import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.Policy;
import dev.backstop.policy.Schedule;
import dev.backstop.schedule.CronExpressions;
import dev.backstop.text.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks policy files for the verb {@code validate}, without any database. */
final class ValidateService {

  private static final int RUNS = 5;

  private final Settings settings;
  private final Instant now;

  ValidateService(CommandContext context) {
    this.settings = context.settings();
    this.now = context.clock().instant();
  }

  Validation check(List<Path> files) {
    PolicyCheck check =
        files.isEmpty() ? folder() : PolicyCheck.of(files, PolicyFolders.reader(settings), now);
    List<Validation.ScheduleRuns> runs =
        check.readings().stream()
            .filter(reading -> reading.policy() != null)
            .map(this::runs)
            .sorted(Comparator.comparing(Validation.ScheduleRuns::policy))
            .toList();
    List<String> warnings = new ArrayList<>(check.warnings());
    warnings.addAll(PolicyWarnings.of(check.readings(), RUNS, now));
    check
        .unread()
        .forEach(
            entry ->
                warnings.add(
                    "%s/%s: %s"
                        .formatted(settings.folder().directory(), entry.path(), entry.words())));
    return new Validation(
        check.problems().stream().map(Problem::toString).toList(),
        warnings,
        runs,
        check.readings().stream()
            .flatMap(reading -> Stream.ofNullable(reading.policy()))
            .flatMap(policy -> edges(policy).stream())
            .sorted(Comparator.comparing(Validation.WindowEdges::policy))
            .toList());
  }

  private Optional<Validation.WindowEdges> edges(Policy policy) {
    BackupWindow window = policy.limits().window();
    if (window == null) {
      return Optional.empty();
    }
    List<ZonedDateTime> edges = new ArrayList<>();
    Optional<Instant> edge = window.nextChange(now);
    while (edge.isPresent() && edges.size() < RUNS) {
      edges.add(edge.get().atZone(window.zone()));
      edge = window.nextChange(edge.get());
    }
    return Optional.of(new Validation.WindowEdges(policy.name(), window.isOpen(now), edges));
  }

  /** Returns the policies of the folder whose files are good; none where it can't be read. */
  List<Policy> goodPolicies() {
    try {
      return folder().readings().stream().flatMap(reading -> reading.policies().stream()).toList();
    } catch (BackstopException e) {
      return List.of();
    }
  }

  private PolicyCheck folder() {
    Path directory = settings.folder().directory();
    try {
      return PolicyCheck.ofFolder(directory, PolicyFolders.reader(settings), now);
    } catch (IOException e) {
      throw folderUnreadable(settings);
    }
  }

  /** Says that nothing can be told of policies, and what to do. */
  static BackstopException folderUnreadable(Settings settings) {
    return BackstopException.failed(
        "the policy folder %s can't be read; make it, or set policies.directory in %s"
            .formatted(settings.folder().directory(), settings.file()));
  }

  private Validation.ScheduleRuns runs(PolicyReading reading) {
    Policy policy = reading.policy();
    if (policy == null) {
      throw new IllegalStateException(reading.file() + " has no policy");
    }
    Schedule schedule = policy.schedule();
    String cron = schedule.cron();
    if (cron != null) {
      return new Validation.ScheduleRuns(
          policy.name(),
          reading.file(),
          cron,
          CronExpressions.nextRuns(cron, schedule.zone(), now, RUNS));
    }
    List<ZonedDateTime> times = new ArrayList<>();
    Instant next = now;
    for (int run = 0; run < RUNS; run++) {
      next = CronExpressions.next(schedule, next);
      times.add(next.atZone(schedule.zone()));
    }
    String every = "every " + Durations.exact(schedule.interval());
    return new Validation.ScheduleRuns(policy.name(), reading.file(), every, times);
  }
}
