package dev.backstop.simulation;

import dev.backstop.policy.Schedule;
import dev.backstop.reconcile.Triggers;
import dev.backstop.schedule.CronExpressions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Triggers as a queue on virtual time; whoever lets time pass asks what is due. */
final class VirtualTriggers implements Triggers {

  private final Map<String, Instant> due = new TreeMap<>();
  private final BiConsumer<String, Instant> fired;

  VirtualTriggers(BiConsumer<String, Instant> fired) {
    this.fired = fired;
  }

  @Override
  public void at(String cluster, Instant when) {
    due.put(cluster, when);
  }

  @Override
  public void cancel(String cluster) {
    due.remove(cluster);
  }

  @Override
  public Instant next(Schedule schedule, Instant after) {
    return CronExpressions.next(schedule, after);
  }

  /** Returns when the next request is due, by the clock that the requests were made by. */
  Optional<Instant> next() {
    return due.values().stream().min(Instant::compareTo);
  }

  /** Fires every request that is due, the earliest first. */
  void fireDue(Instant now) {
    Optional<Map.Entry<String, Instant>> first = first(now);
    while (first.isPresent()) {
      Map.Entry<String, Instant> request = first.get();
      due.remove(request.getKey());
      fired.accept(request.getKey(), request.getValue());
      first = first(now);
    }
  }

  private Optional<Map.Entry<String, Instant>> first(Instant now) {
    return due.entrySet().stream()
        .filter(request -> !request.getValue().isAfter(now))
        .min(Map.Entry.comparingByValue())
        .map(request -> Map.entry(request.getKey(), request.getValue()));
  }
}
