package dev.backstop.cli;

import dev.backstop.command.Application;
import dev.backstop.command.Overview;
import dev.backstop.command.Validation;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.Running;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Remembers what it was asked, and answers with what the test gave it. */
final class FakeApplication implements Application {

  final List<Path> confs = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  Overview overview = Samples.overview();
  Validation validation = new Validation(List.of(), List.of(), List.of(), List.of());
  List<Check> checks = List.of();
  @Nullable RuntimeException failure;

  FakeApplication on(Path conf) {
    confs.add(conf);
    return this;
  }

  private void ask(String what) {
    asked.add(what);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Running run() {
    throw BackstopException.failed("nothing runs here");
  }

  @Override
  public Validation validate(List<Path> files) {
    ask("validate " + files);
    return validation;
  }

  @Override
  public Overview plan(Set<String> clusters, Consumer<String> progress) {
    ask("plan " + new TreeSet<>(clusters));
    return overview;
  }

  @Override
  public Overview planAt(Set<String> clusters, Instant at, Consumer<String> progress) {
    ask("plan " + new TreeSet<>(clusters) + " at " + at);
    return overview;
  }

  @Override
  public Overview apply(Set<String> clusters, Duration timeout, Consumer<Report> progress) {
    ask("apply " + new TreeSet<>(clusters) + " " + timeout);
    overview.reports().forEach(progress);
    return overview;
  }

  @Override
  public Overview status(Set<String> clusters) {
    ask("status " + new TreeSet<>(clusters));
    return overview;
  }

  @Override
  public List<String> history(HistoryQuery query, Consumer<HistoryEntry> reader) {
    ask(
        "history "
            + (query.clusters().isEmpty()
                ? "null"
                : String.join(",", new TreeSet<>(query.clusters())))
            + " "
            + query.since());
    return List.of();
  }

  @Override
  public List<String> approve(
      String id, @Nullable String only, String reason, boolean withoutDaemon) {
    ask(
        "approve "
            + id
            + (only == null ? "" : " of " + only)
            + " "
            + reason
            + without(withoutDaemon));
    return List.of("approved");
  }

  @Override
  public List<String> forget(String policyOrId, String reason, boolean withoutDaemon) {
    ask("forget " + policyOrId + " " + reason + without(withoutDaemon));
    return List.of("forgotten");
  }

  @Override
  public List<String> disarm(String cluster, String reason, @Nullable Instant until) {
    ask("disarm " + cluster + " " + reason + " " + until);
    return List.of("disarmed");
  }

  @Override
  public List<String> arm(
      String cluster,
      String reason,
      boolean withoutDaemon,
      Consumer<String> progress,
      Predicate<Overview> confirm) {
    ask("arm " + cluster + " " + reason + without(withoutDaemon));
    return confirm.test(overview) ? List.of("armed") : List.of();
  }

  private static String without(boolean daemon) {
    return daemon ? " without daemon" : "";
  }

  @Override
  public void doctor(Set<String> clusters, Consumer<String> progress, Consumer<Check> found) {
    ask("doctor " + new TreeSet<>(clusters));
    checks.forEach(found);
  }

  @Override
  public List<String> testNotification(String name) {
    ask("notify " + name);
    return List.of("notified");
  }

  @Override
  public List<String> notifications() {
    ask("notifications");
    return List.of("dba", "pager");
  }

  @Override
  public List<String> clusters() {
    ask("clusters");
    return List.of("bj", "hz-prod");
  }
}
