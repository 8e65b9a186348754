package dev.backstop.app;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Situation.Wanted;
import dev.backstop.policy.PolicyBook;
import dev.backstop.reconcile.CycleListener;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.Outcome;
import dev.backstop.reconcile.Permit;
import dev.backstop.reconcile.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells several listeners, in order. */
record Listeners(List<CycleListener> all) implements CycleListener {

  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void judged(String cluster, Wanted by) {
    all.forEach(one -> one.judged(cluster, by));
  }

  @Override
  public void cycled(Report report, Duration took, Duration late) {
    all.forEach(one -> one.cycled(report, took, late));
  }

  @Override
  public void failed(String cluster, String words) {
    all.forEach(one -> one.failed(cluster, words));
  }

  @Override
  public void sent(Permit permit, Outcome outcome) {
    all.forEach(one -> one.sent(permit, outcome));
  }

  @Override
  public void told(HistoryEntry entry) {
    all.forEach(one -> one.told(entry));
  }

  @Override
  public void proven(String cluster, Kind kind, Duration took) {
    all.forEach(one -> one.proven(cluster, kind, took));
  }

  @Override
  public void returned(String cluster, Kind kind) {
    all.forEach(one -> one.returned(cluster, kind));
  }

  @Override
  public void scanned(PolicyBook book, boolean directoryTrusted, Instant at) {
    all.forEach(one -> one.scanned(book, directoryTrusted, at));
  }

  @Override
  public void storeWritable(boolean writable) {
    all.forEach(one -> one.storeWritable(writable));
  }
}
