package dev.backstop.cli.text;

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

/** Formats what was observed on a cluster, what would be sent, why, and which jobs that hits. */
public final class PlanText {

  private static final String INDENT = "    ";

  private final boolean colours;

  public PlanText(boolean colours) {
    this.colours = colours;
  }

  /** Returns one cluster as {@code plan} shows it. */
  public List<String> cluster(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(TextStyle.STRONG.paint(report.cluster(), colours) + server(report));
    lines.addAll(kinds(report, true, null));
    return lines;
  }

  /** Returns one cluster as {@code apply} shows it at its end. */
  public List<String> reached(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(TextStyle.STRONG.paint(report.cluster(), colours) + server(report));
    lines.addAll(kinds(report, false, null));
    return lines;
  }

  /** Returns one cluster as {@code status} shows it, with the age of the record. */
  public List<String> recorded(Report report, Instant now) {
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

  /** Returns what would be sent on all clusters. */
  public String summary(List<Report> reports) {
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

  /** Nothing is known of clusters that could not be read, so their number is added. */
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

  /** Returns whether both kinds have the same state and reason, which are shown once then. */
  private static boolean isSameForAll(List<KindPlan> kinds) {
    KindPlan first = kinds.get(0);
    for (KindPlan kind : kinds) {
      if (!kind.jobs().isEmpty()
          || kind.state() != first.state()
          || !kind.reason().equals(first.reason())) {
        return false;
      }
    }
    return true;
  }

  private List<String> kinds(Report report, boolean planned, @Nullable Instant now) {
    List<String> lines = new ArrayList<>();
    List<KindPlan> kinds = report.plan().kinds();
    boolean isSame = isSameForAll(kinds);
    if (isSame) {
      kinds = kinds.subList(0, 1);
    }
    Table heads = new Table("  ");
    for (KindPlan kind : kinds) {
      String age = now == null ? "" : " (for " + Durations.spaced(since(kind, now)) + ")";
      heads.row(
          Cell.of(isSame ? "secondary data and log" : kind.kind().title()),
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
    for (JobVerdict verdict : kind.jobs()) {
      table.row(
          Cell.of(verdict.job().title()),
          Cell.of(verdict(verdict), style(verdict)),
          Cell.of(verdict.job().destination(), TextStyle.QUIET));
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
              .map(job -> job.job().title() + " " + verdict(job))
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

  private static String verdict(JobVerdict verdict) {
    String suspensions =
        verdict.suspensions().stream()
            .sorted()
            .map(PlanText::words)
            .collect(Collectors.joining(", "));
    boolean isOff = verdict.verdict() == Verdict.UNCOVERED && !verdict.policies().isEmpty();
    String policies =
        verdict.policies().isEmpty() ? "" : " by " + String.join(", ", verdict.policies());
    return (isOff ? "off" : verdict.verdict().word())
        + policies
        + (suspensions.isEmpty() ? "" : (isOff ? ", " : "; an off: ") + suspensions);
  }

  private static String words(Suspension suspension) {
    return switch (suspension) {
      case HELD -> "its deletion waits for a person";
      case BUDGET -> "held by the hourly budget";
      case BROKEN -> "its file is broken";
      case UNSETTLED -> "its file still changes";
      case OBSERVED -> "only observed";
      case GRACE -> "its file is deleted, which has not counted yet";
    };
  }

  private static TextStyle style(JobVerdict verdict) {
    if (verdict.verdict() == Verdict.FORBIDDEN) {
      return TextStyle.ATTENTION;
    }
    return verdict.verdict() == Verdict.WANTED ? TextStyle.GOOD : TextStyle.PLAIN;
  }

  private static String server(Report report) {
    String version = report.version().isEmpty() ? "" : "OceanBase " + report.version();
    String endpoint = report.endpoint().isEmpty() ? "" : "at " + report.endpoint();
    String both = (version + " " + endpoint).trim();
    return both.isEmpty() ? "" : "  " + both;
  }

  private String look(Report report, Instant now) {
    return age(report, now) + " by " + report.daemon() + nextLook(report, now);
  }

  /** Returns how long ago the last look was. */
  String age(Report report, Instant now) {
    Instant seen = report.observedAt();
    return seen == null
        ? "never looked at"
        : "seen " + Durations.spaced(Duration.between(seen, now)) + " ago";
  }

  private static String nextLook(Report report, Instant now) {
    Instant due = report.nextRun();
    return due == null ? "" : ", next look " + next(due, now);
  }

  private static String next(Instant due, Instant now) {
    Duration left = Duration.between(now, due);
    return left.isNegative()
        ? "overdue by " + Durations.spaced(left.negated())
        : "in " + Durations.spaced(left);
  }
}
