package dev.backstop.cli.text;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.plan.SentStatement;
import dev.backstop.state.Actor;
import dev.backstop.state.HistoryEntry;
import dev.backstop.text.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats history, one entry a line: when, who, where, what and why. */
public final class HistoryText {

  private final boolean colours;
  private final Table table = new Table("");

  public HistoryText(boolean colours) {
    this.colours = colours;
  }

  /** Returns entries as lines; columns are at least as wide as in the calls before. */
  public List<String> lines(List<HistoryEntry> entries) {
    for (HistoryEntry entry : entries) {
      table.row(
          Cell.of(Times.utc(entry.time()), TextStyle.QUIET),
          Cell.of(entry.by().equals(Actor.DAEMON) ? entry.daemon() : entry.by()),
          Cell.of(where(entry)),
          Cell.of(entry.event().word(), style(entry)),
          Cell.of(details(entry)));
    }
    return table.drain(colours);
  }

  private static String where(HistoryEntry entry) {
    Kind kind = entry.kind();
    String cluster = entry.cluster().isEmpty() ? "-" : entry.cluster();
    return kind == null ? cluster : cluster + " " + kind.word();
  }

  private static String details(HistoryEntry entry) {
    List<String> parts = new ArrayList<>();
    if (!entry.policy().isEmpty()) {
      parts.add("policy " + entry.policy());
    }
    String statement = entry.sql();
    if (statement != null) {
      parts.add(statement);
    }
    String outcome = outcome(entry.outcome());
    if (!outcome.isEmpty() && !entry.reason().startsWith(outcome)) {
      parts.add(outcome);
    }
    if (!entry.reason().isEmpty()) {
      parts.add(entry.reason());
    }
    String jobs = jobs(entry);
    if (!jobs.isEmpty()) {
      parts.add(jobs);
    }
    return String.join(": ", parts);
  }

  private static String jobs(HistoryEntry entry) {
    if (!entry.jobsAfter().isEmpty()) {
      return "now " + titles(entry.jobsAfter());
    }
    return entry.jobsBefore().isEmpty() ? "" : "ran " + titles(entry.jobsBefore());
  }

  private static String titles(List<Job> jobs) {
    return jobs.stream().map(Job::title).collect(Collectors.joining(", "));
  }

  private static String outcome(SentStatement.@Nullable Result result) {
    return result == null ? "" : result.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static TextStyle style(HistoryEntry entry) {
    return switch (entry.event()) {
      case STOP_PROVEN, DELETION_PROVEN, POLICY_MENDED, POLICY_INVALID_ENDED, STORE_RESTORED ->
          TextStyle.GOOD;
      case STATEMENT, STATEMENT_RESULT -> TextStyle.STRONG;
      case CONF_REJECTED, POLICY_BROKEN, POLICY_INVALID, PERMIT_REFUSED, STORE_REPLACED ->
          TextStyle.BAD;
      case DELETION_HELD,
          BUDGET_HELD,
          EDIT_HELD,
          JOB_RETURNED,
          DISARMED,
          STORE_CREATED,
          FORCE_ENDED ->
          TextStyle.ATTENTION;
      case DAEMON_STARTED,
          DAEMON_STOPPED,
          CONF_LOADED,
          POLICY_ADDED,
          POLICY_EDITED,
          DELETION_NOTICED,
          DELETION_WITHDRAWN,
          DELETION_SUPERSEDED,
          DELETION_COUNTED,
          DELETION_FORGOTTEN,
          DELETION_WOULD_STOP,
          BUDGET_RELEASED,
          WINDOW_OPENED,
          WINDOW_CLOSED,
          STATE_CHANGED,
          DESTINATION_RECORDED,
          APPROVED,
          FORGOTTEN,
          ARMED ->
          TextStyle.PLAIN;
    };
  }
}
