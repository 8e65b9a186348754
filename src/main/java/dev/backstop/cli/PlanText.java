package dev.backstop.cli;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.Suspension;
import dev.backstop.plan.Verdict;
import dev.backstop.state.Report;
import dev.backstop.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows what was found on a cluster, why, what would be sent and whom that hits. */
final class PlanText {

  private static final String INDENT = "    ";

  private final boolean colours;

  PlanText(boolean colours) {
    this.colours = colours;
  }

  /** Shows one cluster as {@code plan} does. */
  List<String> cluster(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(TextStyle.STRONG.paint(report.cluster(), colours) + server(report));
    lines.addAll(kinds(report, true, null));
    return lines;
  }

  /** Shows one cluster as {@code apply} leaves it. */
  List<String> reached(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(TextStyle.STRONG.paint(report.cluster(), colours) + server(report));
    lines.addAll(kinds(report, false, null));
    return lines;
  }

  /** Shows one cluster as {@code status} does: what was recorded, and how long ago. */
  List<String> recorded(Report report, Instant now) {
    List<String> lines = new ArrayList<>();
    // Nobody looks at a cluster that no policy names, so it has no age.
    boolean unmanaged =
        report.plan().kinds().stream().allMatch(kind -> kind.state() == State.UNMANAGED);
    lines.add(
        TextStyle.STRONG.paint(report.cluster(), colours)
            + (unmanaged ? "" : "  " + look(report, now) + server(report)));
    lines.addAll(kinds(report, false, unmanaged ? null : now));
    return lines;
  }

  /** Sums up what would be sent on all clusters. */
  String summary(List<Report> reports) {
    List<String> parts =
        reports.stream()
            .filter(report -> !report.plan().statements().isEmpty())
            .map(
                report ->
                    Cell.of(report.cluster()).text()
                        + ": "
                        + report.plan().statements().stream()
                            .map(Statement::sql)
                            .collect(Collectors.joining("; ")))
            .toList();
    return parts.isEmpty()
        ? nothing(reports)
        : "Would be sent now, in this order: " + String.join(" | ", parts);
  }

  /** Says that nothing is sent, and of how many clusters that says nothing. */
  private static String nothing(List<Report> reports) {
    long unread =
        reports.stream()
            .filter(
                report ->
                    report.plan().kinds().stream().anyMatch(kind -> kind.state() == State.UNKNOWN))
            .count();
    return unread == 0
        ? "Nothing would be sent now."
        : "Nothing would be sent now; "
            + HeldText.count((int) unread, "cluster", "clusters")
            + " could not be read.";
  }

  /** What holds for the whole cluster is told once. */
  private static boolean isOneStory(List<KindPlan> kinds) {
    return kinds.stream().allMatch(kind -> kind.jobs().isEmpty())
        && kinds.stream().map(kind -> kind.state() + " " + kind.reason()).distinct().count() == 1;
  }

  private List<String> kinds(Report report, boolean planned, @Nullable Instant now) {
    List<String> lines = new ArrayList<>();
    List<KindPlan> kinds = report.plan().kinds();
    boolean isOne = isOneStory(kinds);
    if (isOne) {
      kinds = kinds.subList(0, 1);
    }
    Table heads = new Table("  ");
    for (KindPlan kind : kinds) {
      String age = now == null ? "" : " (for " + Durations.spaced(since(kind, now)) + ")";
      heads.row(
          Cell.of(isOne ? "secondary data and log" : kind.kind().title()),
          Cell.of(kind.state().name(), TextStyle.of(kind.state())),
          Cell.of(kind.reason().words() + age));
    }
    List<String> aligned = heads.lines(colours);
    for (int index = 0; index < aligned.size(); index++) {
      KindPlan kind = kinds.get(index);
      lines.add(aligned.get(index));
      lines.addAll(jobs(kind));
      lines.addAll(consequences(report, kind, planned));
    }
    return lines;
  }

  private static Duration since(KindPlan kind, Instant now) {
    return Duration.between(kind.since(), now);
  }

  private List<String> jobs(KindPlan kind) {
    Table table = new Table(INDENT);
    for (JobVerdict standing : kind.jobs()) {
      table.row(
          Cell.of(standing.job().title()),
          Cell.of(standing(standing), tone(standing)),
          Cell.of(standing.job().destination(), TextStyle.QUIET));
    }
    if (kind.moreJobs() > 0) {
      table.row(Cell.of("and " + kind.moreJobs() + " more"));
    }
    return table.lines(colours);
  }

  private List<String> consequences(Report report, KindPlan kind, boolean planned) {
    Table table = new Table(INDENT);
    Statement statement = kind.statement();
    if (statement != null && planned) {
      table.row(Cell.of("would send"), Cell.of(statement.sql(), TextStyle.STRONG));
      table.row("which hits", hits(report.cluster(), statement, kind.jobs()));
    } else if (kind.jobs().stream().anyMatch(JobVerdict::isUnwelcome)) {
      String others =
          kind.jobs().stream()
              .filter(job -> !job.isUnwelcome())
              .map(job -> job.job().title() + " " + standing(job))
              .collect(Collectors.joining(", "));
      if (!others.isEmpty()) {
        table.row("a stop would also hit", others);
      }
    }
    if (!kind.reason().release().isEmpty()) {
      table.row(Cell.of("what to do:"), Cell.of(kind.reason().release(), TextStyle.STRONG));
    }
    return table.lines(colours);
  }

  private static String hits(String cluster, Statement statement, List<JobVerdict> jobs) {
    if (statement.object() == JobObject.ARCHIVELOG) {
      return "the continuous archive of every tenant of " + cluster;
    }
    String owners =
        jobs.stream()
            .map(JobVerdict::job)
            .filter(job -> job.object() == statement.object())
            .map(PlanText::owner)
            .distinct()
            .collect(Collectors.joining(", "));
    return "every " + statement.kind().title() + " job of " + cluster + ": " + owners;
  }

  private static String owner(Job job) {
    if (job.tenant().coversCluster()) {
      return "cluster";
    }
    return "tenant "
        + (job.tenantName().isEmpty() ? job.tenant() : job.tenantName() + "/" + job.tenant());
  }

  private static String standing(JobVerdict standing) {
    String restrained =
        standing.restraints().stream()
            .sorted()
            .map(PlanText::words)
            .collect(Collectors.joining(", "));
    boolean isOff = standing.standing() == Verdict.UNCOVERED && !standing.policies().isEmpty();
    String policies =
        standing.policies().isEmpty() ? "" : " by " + String.join(", ", standing.policies());
    return (isOff ? "off" : standing.standing().word())
        + policies
        + (restrained.isEmpty() ? "" : (isOff ? ", " : "; an off: ") + restrained);
  }

  private static String words(Suspension restraint) {
    return switch (restraint) {
      case HELD -> "its deletion waits for a person";
      case BUDGET -> "held by the hourly budget";
      case BROKEN -> "its file is broken";
      case UNSETTLED -> "its file still changes";
      case OBSERVED -> "only observed";
      case GRACE -> "its file is deleted, which has not counted yet";
    };
  }

  private static TextStyle tone(JobVerdict standing) {
    if (standing.standing() == Verdict.FORBIDDEN) {
      return TextStyle.ATTENTION;
    }
    return standing.standing() == Verdict.WANTED ? TextStyle.GOOD : TextStyle.PLAIN;
  }

  private static String server(Report report) {
    String version = report.version().isEmpty() ? "" : "OceanBase " + report.version();
    String endpoint = report.endpoint().isEmpty() ? "" : "at " + report.endpoint();
    String both = (version + " " + endpoint).trim();
    return both.isEmpty() ? "" : "  " + both;
  }

  private String look(Report report, Instant now) {
    Instant seen = report.observedAt();
    String age =
        seen == null
            ? "never looked at"
            : "seen " + Durations.spaced(Duration.between(seen, now)) + " ago";
    Instant due = report.nextRun();
    String next = due == null ? "" : ", next look " + next(due, now);
    return age + " by " + report.daemon() + next;
  }

  private static String next(Instant due, Instant now) {
    Duration left = Duration.between(now, due);
    return left.isNegative()
        ? "overdue by " + Durations.spaced(left.negated())
        : "in " + Durations.spaced(left);
  }
}
