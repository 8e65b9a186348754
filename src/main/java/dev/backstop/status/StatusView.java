package dev.backstop.status;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.plan.WindowState;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Disarming;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the trees that commands and pages write as JSON: ordered maps, lists, strings, integers
 * and nulls.
 *
 * <p>Every key is always there; null stands for what is unknown, absent or does not apply. Times
 * are ISO-8601 in UTC.
 */
public final class StatusView {

  private StatusView() {}

  /** Returns what would be done now; clusters in the order of the reports. */
  public static Map<String, @Nullable Object> plan(
      List<Report> reports, Collection<Disarming> disarmings) {
    Map<String, Disarming> disarmed = byCluster(disarmings);
    Map<String, @Nullable Object> tree = tree("summary", StatusSummary.byState(reports));
    tree.put("clusters", reports.stream().map(report -> planned(report, disarmed)).toList());
    return tree;
  }

  /** Returns the last looks, the policies and the held sets. */
  public static Map<String, @Nullable Object> status(
      List<Report> reports,
      PolicyRegistry registry,
      Collection<HeldSet> held,
      Collection<Disarming> disarmings,
      Collection<UnreadEntry> unread,
      List<String> awaitingStart) {
    Map<String, Disarming> disarmed = byCluster(disarmings);
    Map<String, @Nullable Object> tree = tree("summary", StatusSummary.byState(reports));
    tree.put("clusters", reports.stream().map(report -> reported(report, disarmed)).toList());
    tree.put("policies", PolicyView.policies(registry));
    tree.put("held", held.stream().map(StatusView::held).toList());
    tree.put("ignoredFiles", unread.stream().map(StatusView::ignored).toList());
    tree.put("awaitingStart", awaitingStart);
    return tree;
  }

  private static Map<String, @Nullable Object> ignored(UnreadEntry entry) {
    Map<String, @Nullable Object> tree = tree("file", entry.path());
    tree.put("reason", entry.words());
    return tree;
  }

  /** Returns one entry of history. */
  public static Map<String, @Nullable Object> history(HistoryEntry entry) {
    SentStatement.Result outcome = entry.outcome();
    Map<String, @Nullable Object> tree = tree("time", time(entry.time()));
    tree.put("daemon", entry.daemon());
    tree.put("by", entry.by());
    tree.put("cluster", known(entry.cluster()));
    tree.put("kind", entry.kind() == null ? null : entry.kind().word());
    tree.put("policy", known(entry.policy()));
    tree.put("event", entry.event().word());
    tree.put("reason", entry.reason());
    tree.put("statement", entry.sql());
    tree.put("jobsBefore", entry.jobsBefore().stream().map(StatusView::job).toList());
    tree.put("jobsAfter", entry.jobsAfter().stream().map(StatusView::job).toList());
    tree.put("outcome", outcome == null ? null : outcome.name().toLowerCase(Locale.ROOT));
    return tree;
  }

  private static Map<String, @Nullable Object> planned(
      Report report, Map<String, Disarming> disarmings) {
    Map<String, @Nullable Object> tree = tree("cluster", report.cluster());
    tree.put("disarmed", disarmed(report.cluster(), disarmings));
    tree.put("kinds", kinds(report));
    return tree;
  }

  private static Map<String, @Nullable Object> reported(
      Report report, Map<String, Disarming> disarmings) {
    Map<String, @Nullable Object> tree = tree("cluster", report.cluster());
    tree.put("disarmed", disarmed(report.cluster(), disarmings));
    tree.put("nextRun", time(report.nextRun()));
    tree.put("daemon", known(report.daemon()));
    tree.put("endpoint", known(report.endpoint()));
    tree.put("version", known(report.version()));
    tree.put("kinds", kinds(report));
    return tree;
  }

  /** Returns the disarming of a cluster, before that of every cluster; null without one. */
  private static @Nullable Map<String, @Nullable Object> disarmed(
      String cluster, Map<String, Disarming> disarmings) {
    Disarming own = disarmings.get(cluster);
    Disarming disarming = own == null ? disarmings.get(Disarming.ALL) : own;
    if (disarming == null) {
      return null;
    }
    Map<String, @Nullable Object> tree = tree("by", disarming.by());
    tree.put("reason", disarming.reason());
    tree.put("until", time(disarming.until()));
    return tree;
  }

  private static Map<String, Disarming> byCluster(Collection<Disarming> disarmings) {
    Map<String, Disarming> byCluster = new HashMap<>();
    disarmings.forEach(disarming -> byCluster.putIfAbsent(disarming.cluster(), disarming));
    return byCluster;
  }

  private static List<Map<String, @Nullable Object>> kinds(Report report) {
    Plan plan = report.plan();
    return plan.kinds().stream().map(kind -> kind(kind, report.observedAt())).toList();
  }

  private static Map<String, @Nullable Object> kind(KindPlan plan, @Nullable Instant observedAt) {
    Statement statement = plan.statement();
    Map<String, @Nullable Object> tree = tree("kind", plan.kind().word());
    tree.put("state", plan.state().name());
    tree.put("reason", plan.reason().words());
    tree.put("reasonCode", plan.reason().code().word());
    tree.put("release", known(plan.reason().release()));
    tree.put("since", time(plan.since()));
    tree.put("observedAt", time(observedAt));
    tree.put("jobs", plan.jobs().stream().map(StatusView::standing).toList());
    if (plan.moreJobs() > 0) {
      tree.put("moreJobs", plan.moreJobs());
    }
    tree.put("statements", statement == null ? List.of() : List.of(statement.sql()));
    tree.put("window", window(plan.window()));
    return tree;
  }

  private static @Nullable Map<String, @Nullable Object> window(@Nullable WindowState window) {
    if (window == null) {
      return null;
    }
    Map<String, @Nullable Object> tree = tree("open", window.open());
    tree.put("nextChange", time(window.nextChange()));
    return tree;
  }

  private static Map<String, @Nullable Object> standing(JobVerdict standing) {
    Map<String, @Nullable Object> tree = job(standing.job());
    tree.put("standing", standing.verdict().word());
    tree.put("policies", standing.policies());
    return tree;
  }

  private static Map<String, @Nullable Object> job(Job job) {
    Map<String, @Nullable Object> tree = tree("object", job.object().word());
    tree.put("jobId", job.object() == JobObject.ARCHIVELOG ? null : job.jobId());
    tree.put("tenantId", job.tenant().value());
    tree.put("tenant", known(job.tenantName()));
    tree.put("status", job.status());
    tree.put("destination", known(job.destination()));
    return tree;
  }

  private static Map<String, @Nullable Object> held(HeldSet set) {
    Map<String, @Nullable Object> tree = tree("id", set.id());
    tree.put("reason", set.reason().word());
    tree.put("clusters", set.clusters());
    tree.put("policies", set.policies());
    tree.put("since", time(set.since()));
    tree.put("release", set.release());
    return tree;
  }

  private static Map<String, @Nullable Object> tree(String first, @Nullable Object value) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put(first, value);
    return tree;
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS).toString();
  }
}
