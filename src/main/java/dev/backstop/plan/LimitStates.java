package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.Desired;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes what the limits of the policies mean for a kind: now, next, and in words. */
public final class LimitStates {

  /** How long before a window closes the reason warns of it. */
  private static final Duration WARNING = Duration.ofMinutes(30);

  /**
   * Windows that follow each other without a gap are as good as one: so many are looked through.
   */
  private static final int MOST_CHANGES = 100;

  private LimitStates() {}

  /** Returns whether a live policy permits a kind now, or something of it to finish. */
  static boolean isPermitted(PlanInput input, Kind kind, List<JobVerdict> jobs) {
    return input.policies(kind).stream()
        .filter(known -> known.hasFile() && known.policy().desired(kind) == Desired.ON)
        .anyMatch(known -> isOpen(input, known, kind) || wantsAny(known, jobs));
  }

  /** Returns whether a kind would be permitted but for a window that is closed. */
  static boolean isClosed(PlanInput input, Kind kind, List<JobVerdict> jobs) {
    return !isPermitted(input, kind, jobs)
        && input.policies(kind).stream()
            .anyMatch(known -> known.hasFile() && !isOpen(input, known, kind));
  }

  private static boolean wantsAny(KnownPolicy known, List<JobVerdict> jobs) {
    return jobs.stream()
        .anyMatch(job -> job.verdict() == Verdict.WANTED && job.policies().contains(known.name()));
  }

  private static boolean isOpen(PlanInput input, KnownPolicy known, Kind kind) {
    BackupWindow window = known.policy().limits(kind).window();
    return window == null || window.isOpen(input.now().wall());
  }

  /** Returns whether the limits of an on may forbid something now. */
  static boolean mayForbid(PlanInput input, KnownPolicy known, Kind kind) {
    return known.policy().limits(kind).isOfJobs() || !isOpen(input, known, kind);
  }

  /** Returns the windows of the policies that permit a kind. */
  private static List<BackupWindow> windows(PlanInput input, Kind kind) {
    List<BackupWindow> windows = new ArrayList<>();
    for (KnownPolicy known : input.policies(kind)) {
      BackupWindow window = known.policy().limits(kind).window();
      if (window != null && known.permits(kind)) {
        windows.add(window);
      }
    }
    return windows;
  }

  /** Returns the state of a kind's windows; null where it has none. */
  static @Nullable WindowState window(PlanInput input, Kind kind) {
    List<BackupWindow> windows = windows(input, kind);
    Instant now = input.now().wall();
    return windows.isEmpty()
        ? null
        : new WindowState(isAnyOpen(windows, now), nextChange(windows, now).orElse(null));
  }

  private static boolean isAnyOpen(List<BackupWindow> windows, Instant at) {
    return windows.stream().anyMatch(window -> window.isOpen(at));
  }

  private static Optional<Instant> nextChange(List<BackupWindow> windows, Instant now) {
    boolean isOpen = isAnyOpen(windows, now);
    Optional<Instant> edge = nextEdge(windows, now);
    for (int i = 0; i < MOST_CHANGES && edge.isPresent(); i++) {
      if (isAnyOpen(windows, edge.get()) != isOpen) {
        return edge;
      }
      edge = nextEdge(windows, edge.get());
    }
    return Optional.empty();
  }

  private static Optional<Instant> nextEdge(List<BackupWindow> windows, Instant after) {
    return windows.stream()
        .flatMap(window -> window.nextChange(after).stream())
        .min(Instant::compareTo);
  }

  /** Returns when the limits of the policies next change what they say; null for never. */
  public static @Nullable Instant nextEdge(PlanInput input) {
    Instant next = null;
    VerdictContext context = VerdictContext.of(input);
    for (Kind kind : Kind.values()) {
      List<Instant> edges = new ArrayList<>();
      nextEdge(windows(input, kind), input.now().wall()).ifPresent(edges::add);
      for (KnownPolicy known : input.policies(kind)) {
        Limits limits = known.policy().limits(kind);
        for (Job job : limits.maxRuntime() == null ? List.<Job>of() : jobs(input, kind)) {
          context
              .runtimeEnd(limits, job)
              .filter(end -> end.isAfter(input.now().instant()))
              .map(input.now()::wallTimeOf)
              .ifPresent(edges::add);
        }
      }
      for (Instant edge : edges) {
        next = next == null || edge.isBefore(next) ? edge : next;
      }
    }
    return next;
  }

  /** Returns which windows of a kind were passed an edge of since the last whole look before. */
  public static List<WindowEdge> passedEdges(PlanInput input, Kind kind, JobSightings before) {
    Instant last = before.lastLook(kind);
    Instant now = input.record().sightings().lastLook(kind);
    List<WindowEdge> edges = new ArrayList<>();
    for (KnownPolicy known : input.policies(kind)) {
      BackupWindow window = known.policy().limits(kind).window();
      if (last != null && now != null && window != null && known.permits(kind)) {
        boolean isOpen = window.isOpen(now);
        if (isOpen != window.isOpen(last)) {
          edges.add(new WindowEdge(known.name(), isOpen, edgeWords(known.name(), window, now)));
        }
      }
    }
    return edges;
  }

  private static String edgeWords(String policy, BackupWindow window, Instant now) {
    String next =
        window
            .nextChange(now)
            .map(edge -> " until " + VerdictContext.local(window, edge))
            .orElse("");
    return "the backup window of policy %s is %s%s"
        .formatted(policy, window.isOpen(now) ? "open" : "closed", next);
  }

  private static List<Job> jobs(PlanInput input, Kind kind) {
    return input.observation().blindTo(kind).isPresent()
        ? List.of()
        : input.observation().jobs(kind);
  }

  /** Says which windows are closed, and until when; empty where none is. */
  static String outsideWords(KindInput view) {
    Instant now = view.input().now().wall();
    return view.input().policies(view.kind()).stream()
        .filter(known -> known.permits(view.kind()))
        .filter(known -> !isOpen(view.input(), known, view.kind()))
        .flatMap(known -> Optional.ofNullable(known.policy().limits(view.kind()).window()).stream())
        .map(window -> "; " + VerdictContext.outsideWords(window, now))
        .distinct()
        .collect(Collectors.joining());
  }

  /** Says beforehand that a set job will be stopped when its window closes; else empty. */
  static String warning(KindInput view) {
    Instant now = view.input().now().wall();
    StringBuilder words = new StringBuilder();
    for (KnownPolicy known : view.input().policies(view.kind())) {
      Limits limits = known.policy().limits(view.kind());
      BackupWindow window = limits.window();
      List<JobVerdict> sets =
          view.jobs(
              job ->
                  job.job().object() == JobObject.BACKUPSET
                      && job.policies().equals(List.of(known.name())));
      if (window == null || limits.lettingFinish() || sets.isEmpty() || !window.isOpen(now)) {
        continue;
      }
      window
          .nextChange(now)
          .filter(closes -> !closes.isAfter(now.plus(WARNING)))
          .ifPresent(
              closes ->
                  words.append(
                      "; the backup window closes %s: %s will be stopped, and its copy begins anew"
                          .formatted(
                              VerdictContext.local(window, closes), KindInput.titles(sets))));
    }
    return words.toString();
  }

  /** Says which limits forbid jobs; empty where none does. */
  static String breachWords(List<JobVerdict> jobs) {
    return words(jobs.stream().flatMap(job -> job.breaches().stream()).toList());
  }

  /** Says which limits these are, three at most; empty for none. */
  static String words(List<LimitBreach> breaches) {
    String words =
        breaches.stream()
            .map(LimitBreach::words)
            .distinct()
            .limit(3)
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : ": " + words;
  }
}
